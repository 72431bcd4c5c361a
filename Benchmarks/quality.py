#!/usr/bin/env python3
"""Scores detectors on labelled series and writes the table of Documentation/quality.md; started by `scripts/quality`.

usage: quality.py FOLDER PROGRAM DOCUMENT
FOLDER holds files of the Numenta Anomaly Benchmark: NAME.csv (timestamp,value) and windows.json, which gives for each
file the windows that are anomalous. PROGRAM is the built Quality. Each detector sees the first 40 % of a file and is
scored on each moment of the rest: is it in a window?
"""

import csv
import io
import json
import pathlib
import subprocess
import sys
from datetime import datetime, timezone

import numpy as np
import sklearn
from sklearn.ensemble import IsolationForest
from sklearn.metrics import average_precision_score, precision_recall_fscore_support
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import RobustScaler

SHARE, CONTAMINATION, SEED, STEP = 0.4, 0.05, 42, 300
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"


def seconds(text):
    return int(datetime.fromisoformat(text.split(".")[0]).replace(tzinfo=timezone.utc).timestamp())


def series(path):
    """The values by moment, on a grid of five minutes from the first moment on; the last of two in one step."""
    with path.open() as file:
        samples = [(seconds(row["timestamp"]), row["value"]) for row in csv.DictReader(file)]
    start = samples[0][0]
    values = {round((time - start) / STEP): value for time, value in samples}
    return [(start + step * STEP, values.get(step, "")) for step in range(max(values) + 1)]


def apus(program, samples):
    """What Apus's detector says of each moment that has a row, and the rows."""
    text = "".join(f"{time},{value}\n" for time, value in samples)
    options = ["--share", str(SHARE), "--contamination", str(CONTAMINATION), "--seed", str(SEED)]
    done = subprocess.run([program, *options], input=text, capture_output=True, text=True, check=True)
    rows = np.genfromtxt(io.StringIO(done.stdout), delimiter=",", skip_header=1)
    return rows[:, 0].astype(int), rows[:, 1] == 1, -rows[:, 2], rows[:, 3:]


def scikit_learn(features, fitted):
    model = make_pipeline(
        RobustScaler(), IsolationForest(n_estimators=200, contamination=CONTAMINATION, random_state=SEED)
    )
    model.fit(features[fitted])
    return -model.decision_function(features)


def three_sigma(values, fitted):
    """How many standard deviations beyond three a value is from the mean of the first part."""
    mean, deviation = values[fitted].mean(), values[fitted].std()
    return np.abs(values - mean) / max(deviation, np.finfo(float).tiny) - 3


def scores(abnormality, labels):
    """Precision, recall, F1 of what is above zero, and PR-AUC."""
    precision, recall, f1, _ = precision_recall_fscore_support(
        labels, abnormality > 0, average="binary", zero_division=0
    )
    return [precision, recall, f1, average_precision_score(labels, abnormality)]


def measure(program, path, windows):
    times, fitted, abnormality, features = apus(program, series(path))
    labels = np.zeros(len(times), bool)
    for start, end in windows:
        labels |= (times >= seconds(start)) & (times <= seconds(end))
    judged = ~fitted
    reference = scikit_learn(features, fitted)
    if not np.array_equal(reference > 0, abnormality > 0):
        sys.exit(f"{path.name}: scikit-learn reports other moments than Apus")
    contenders = {
        "Apus": abnormality,
        "scikit-learn": reference,
        "3-sigma": three_sigma(features[:, 0], fitted),
    }
    anomalous = int(labels[judged].sum())
    return judged.sum(), anomalous, {name: scores(by[judged], labels[judged]) for name, by in contenders.items()}


def table(measured):
    names = ["Apus", "scikit-learn", "3-sigma"]
    lines = [
        "| file | moments judged, anomalous | detector | precision | recall | F1 | PR-AUC |",
        "|---|---|---|---|---|---|---|",
    ]
    for file, (judged, anomalous, found) in measured.items():
        for name in names:
            numbers = " | ".join(f"{number:.3f}" for number in found[name])
            lines.append(f"| {file} | {judged}, {anomalous} | {name} | {numbers} |")
    for name in names:
        mean = np.mean([found[name] for _, anomalous, found in measured.values() if anomalous], axis=0)
        lines.append(f"| **mean** | | {name} | " + " | ".join(f"**{number:.3f}**" for number in mean) + " |")
    return "\n".join(lines)


def main():
    folder, program, document = pathlib.Path(sys.argv[1]), sys.argv[2], pathlib.Path(sys.argv[3])
    windows = json.loads((folder / "windows.json").read_text())
    measured = {}
    for path in sorted(folder.glob("*.csv")):
        known = next((found for name, found in windows.items() if name.split("/")[-1] == path.name), None)
        if known is None:
            sys.exit(f"windows.json does not name {path.name}")
        measured[path.stem] = measure(program, path, known)
    text = document.read_text()
    head, rest = text.split(BEGIN)
    tail = rest.split(END)[1]
    lines = [f"scikit-learn {sklearn.__version__}, seed {SEED}.", "", table(measured)]
    document.write_text(f"{head}{BEGIN}\n" + "\n".join(lines) + f"\n{END}{tail}")
    print(table(measured))


main()
