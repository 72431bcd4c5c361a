#!/usr/bin/env python3
"""Measures one library in process on one reference model and prints a line of JSON.

usage: in_process.py LIBRARY FOLDER [--passes N] [--seconds S] [--loads N]
LIBRARY is scikit-learn, onnxruntime or tl2cgen; FOLDER the model's, as models.py writes it (compiled code is kept in
it). What is asked for is measured:
  --passes N   rows_per_second: for each of N passes over all rows, with two threads
  --seconds S  row_us: the median of one row at a time, on one thread, for S seconds
  --loads N    load_ms: for each of N times joblib.load reads model.pkl
With --passes comes "agreement": the share of the rows answered as scikit-learn does, to the precision of float32.
"""

import argparse
import json
import pathlib
import time

import joblib
import numpy as np
from libraries import LIBRARIES, THREADS


def seconds_of(action):
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def measure_batch(library, rows, expected, passes):
    """A pass that warms up and is compared, then the timed ones."""
    predict, inputs = library.predictor(THREADS), library.inputs(rows)
    found = np.asarray(library.predictions(predict(inputs))).reshape(expected.shape)
    same = np.isclose(found, expected, rtol=1e-4).reshape(len(expected), -1).all(axis=1)
    rates = [len(rows) / seconds_of(lambda: predict(inputs)) for _ in range(passes)]
    return {"rows_per_second": rates, "agreement": float(same.mean())}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("library", choices=LIBRARIES)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--passes", type=int)
    parser.add_argument("--seconds", type=float)
    parser.add_argument("--loads", type=int)
    arguments = parser.parse_args()

    library = LIBRARIES[arguments.library](arguments.folder)
    rows = np.load(arguments.folder / "rows.npy")
    measured = {}
    if arguments.passes:
        expected = np.load(arguments.folder / "answers.npy")
        measured |= measure_batch(library, rows, expected, arguments.passes)
    if arguments.seconds:
        measured["row_us"] = library.row_us(rows, arguments.seconds)
    if arguments.loads:
        file = arguments.folder / "model.pkl"
        measured["load_ms"] = [1000 * seconds_of(lambda: joblib.load(file)) for _ in range(arguments.loads)]
    print(json.dumps(measured))


if __name__ == "__main__":
    main()
