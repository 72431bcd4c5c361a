#!/usr/bin/env python3
"""Writes the example model as a notebook would, and questions with scikit-learn's own answers.

usage: make_model.py [FOLDER]        (default: the folder of this script)

The model is an anomaly detector for the feature schema `metrics-5`; one row is one moment of a cluster:
  cpu                 utilisation, 0 to 1
  memory              utilisation, 0 to 1
  pod restarts        per second, over the cluster
  network in          MB/s
  network out         MB/s
It is trained on seven days of seeded synthetic data in steps of five minutes. The committed files were written with
scikit-learn 1.9.1 and numpy 2.4.6; the same versions write them again, byte for byte.
"""
import json
import pathlib
import sys

import joblib
import numpy as np
from sklearn.ensemble import IsolationForest
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import RobustScaler

SEED = 42
STEPS_PER_DAY = 288
DAYS = 7
FAULTY = 0.03


def cluster_week(rng):
    """Seven days of a healthy cluster with a daily rhythm, and a few moments of each kind of fault."""
    count = STEPS_PER_DAY * DAYS
    daily = np.sin(2 * np.pi * np.arange(count) / STEPS_PER_DAY)
    load = 1 + 0.3 * daily
    rows = np.column_stack(
        [
            np.clip(0.45 * load + rng.normal(0, 0.06, count), 0, 1),
            np.clip(0.60 + 0.06 * daily + rng.normal(0, 0.05, count), 0, 1),
            rng.gamma(4, 0.1, count),
            np.clip(100 * load + rng.normal(0, 15, count), 1, None),
            np.clip(80 * load + rng.normal(0, 12, count), 1, None),
        ]
    )
    faulty = np.flatnonzero(rng.random(count) < FAULTY)
    for row, kind in zip(faulty, rng.integers(0, 4, len(faulty))):
        if kind == 0:
            rows[row, 0] = rng.uniform(0.9, 1)
        elif kind == 1:
            rows[row, 1] = rng.uniform(0.93, 1)
        elif kind == 2:
            rows[row, 2] = rng.uniform(3, 12)
        else:
            rows[row, 3:] *= rng.uniform(6, 12)
    return rows


QUESTIONS = [
    ("a normal afternoon", {"instances": [[0.5, 0.6, 0.4, 100, 80]]}),
    ("a processor at its limit, with little traffic", {"instances": [[0.99, 0.62, 0.4, 25, 20]]}),
    ("a crash loop: nine restarts a second while memory runs out", {"instances": [[0.55, 0.97, 9, 90, 70]]}),
    ("a flood: ten times the usual traffic", {"instances": [[0.7, 0.65, 0.5, 1000, 850]]}),
    (
        "three moments at once: normal, everything at once, a quiet night",
        {"instances": [[0.45, 0.58, 0.3, 95, 82], [1, 0.99, 12, 1500, 1200], [0.35, 0.55, 0.35, 75, 60]]},
    ),
]


def main():
    folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else __file__)
    if folder.is_file():
        folder = folder.parent
    model = Pipeline(
        [
            ("scaler", RobustScaler()),
            ("detector", IsolationForest(n_estimators=200, contamination=0.05, random_state=SEED)),
        ]
    )
    model.fit(cluster_week(np.random.default_rng(SEED)))
    joblib.dump(model, folder / "model.pkl")

    cases = []
    for about, body in QUESTIONS:
        predictions = model.predict(np.asarray(body["instances"], dtype=np.float64)).tolist()
        cases.append({"about": about, "body": body, "predictions": predictions})
    lines = ",\n".join("  " + json.dumps(case) for case in cases)
    (folder / "requests.json").write_text(f"[\n{lines}\n]\n")
    print(f"{folder / 'model.pkl'}: {(folder / 'model.pkl').stat().st_size} bytes")


if __name__ == "__main__":
    main()
