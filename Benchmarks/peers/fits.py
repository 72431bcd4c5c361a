#!/usr/bin/env python3
"""Times scikit-learn's fits with two threads, and writes what they are fitted to.

usage: fits.py data FOLDER         writes FOLDER/CASE/rows.npy for each case, and where there are targets targets.npy,
                                   unseen.npy and unseen_targets.npy: rows that follow those fitted to
       fits.py fit FOLDER TIMES    fits FOLDER/rows.npy so often and prints a line of JSON: fit_s, a figure a fit, and
                                   "r2" of the unseen rows
Seeds are fixed: the same library versions write the same rows.
"""

import json
import pathlib
import sys
import time

import numpy as np
from sklearn.ensemble import IsolationForest
from sklearn.metrics import r2_score

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import models

THREADS = 2
DAYS = 30
UNSEEN = 2000


def write(folder, **arrays):
    folder.mkdir(parents=True)
    for name, array in arrays.items():
        np.save(folder / f"{name}.npy", np.ascontiguousarray(array))


def write_data(folder):
    rng = np.random.default_rng(11)
    for name, count in [("IF-week", 7 * models.STEPS_PER_DAY), ("IF-large", 100_000)]:
        write(folder / name, rows=models.load_curves(rng, count, 45))
    count = DAYS * models.STEPS_PER_DAY
    rows, targets = models.forecasts(rng, count + UNSEEN)
    for name, width in [("PN-12", 12), ("PN-1", 1)]:
        write(
            folder / name,
            rows=rows[:count],
            targets=targets[:count, :width],
            unseen=rows[count:],
            unseen_targets=targets[count:, :width],
        )


def time_fits(folder, times):
    rows = np.load(folder / "rows.npy")
    is_forecaster = (folder / "targets.npy").exists()
    targets = np.load(folder / "targets.npy") if is_forecaster else None
    seconds = []
    for _ in range(times):
        forest = models.forest_regressor() if is_forecaster else IsolationForest(n_estimators=200, random_state=42)
        forest.set_params(n_jobs=THREADS)
        if not is_forecaster:
            forest.set_params(contamination=0.05)
        start = time.perf_counter()
        forest.fit(rows, targets if targets is None or targets.shape[1] > 1 else targets[:, 0])
        seconds.append(time.perf_counter() - start)
    measured = {"fit_s": seconds}
    if is_forecaster:
        predicted = forest.predict(np.load(folder / "unseen.npy"))
        measured["r2"] = r2_score(np.load(folder / "unseen_targets.npy"), predicted)
    return measured


def main():
    match sys.argv[1:]:
        case ["data", folder]:
            write_data(pathlib.Path(folder))
        case ["fit", folder, times]:
            print(json.dumps(time_fits(pathlib.Path(folder), int(times))))
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main()
