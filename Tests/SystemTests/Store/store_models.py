"""Stock scikit-learn beside a store: makes models, and reads them back as KServe's server does.

usage: store_models.py make FOLDER COUNT    writes model-0.pkl ... model-<COUNT - 1>.pkl, all different
       store_models.py read                 for each path on standard input: loads it, asks it, prints its SHA-256
"""

import hashlib
import pathlib
import sys

import joblib
import numpy
from sklearn.ensemble import IsolationForest
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import RobustScaler


def make(folder: str, count: int) -> None:
    for index in range(count):
        rows = numpy.random.default_rng(index).normal(size=(256, 5))
        model = make_pipeline(RobustScaler(), IsolationForest(n_estimators=20, random_state=index)).fit(rows)
        joblib.dump(model, pathlib.Path(folder) / f"model-{index}.pkl")


def read() -> None:
    for line in sys.stdin:
        path = pathlib.Path(line.rstrip("\n"))
        try:
            folder = path.parent
            # KServe's rule: exactly one file that may be a model lies at the top.
            names = [file.name for file in folder.iterdir() if file.suffix in (".pkl", ".joblib", ".pickle")]
            assert len(names) == 1, names
            answer = joblib.load(path).predict(numpy.zeros((1, 5)))
            assert answer.tolist() in ([1], [-1]), answer
            print(hashlib.sha256(path.read_bytes()).hexdigest(), flush=True)
        except Exception as error:
            print(repr(error), flush=True)


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(sys.argv[2], int(sys.argv[3]))
    else:
        read()
