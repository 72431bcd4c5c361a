"""Writes the pickles that the fuzzer starts from, with the scikit-learn of the interpreter that runs it.

    python Fuzz/make_corpus.py
"""

import bz2
import gzip
import io
import lzma
import pathlib
import pickle
import zlib

import joblib
import numpy
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.ensemble import GradientBoostingRegressor, IsolationForest, RandomForestClassifier
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.multioutput import MultiOutputRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import RobustScaler, StandardScaler
from sklearn.svm import SVC
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

CORPUS = pathlib.Path(__file__).parent / "corpus" / "pickle"


def models():
    rows = numpy.random.default_rng(7).normal(size=(12, 2))
    target = rows[:, 0] - rows[:, 1]
    label = numpy.where(target > 0, "high", "low")
    yield "tree", DecisionTreeRegressor(max_depth=2, random_state=0).fit(rows, target)
    yield "tree-classes", DecisionTreeClassifier(max_depth=2, random_state=0).fit(rows, label)
    yield "isolation", make_pipeline(RobustScaler(), IsolationForest(n_estimators=2, random_state=0)).fit(rows)
    yield "forest", RandomForestClassifier(2, max_depth=2, random_state=0).fit(rows, target > 0)
    yield "boosting", GradientBoostingRegressor(n_estimators=2, max_depth=1, random_state=0).fit(rows, target)
    yield "linear", make_pipeline(SimpleImputer(), StandardScaler(), Ridge()).fit(rows, target)
    yield "logistic", LogisticRegression().fit(rows, label)
    yield "outputs", MultiOutputRegressor(Ridge()).fit(rows, rows)
    yield "svc", SVC().fit(rows, label)
    yield "kmeans", KMeans(2, n_init=1, random_state=0).fit(rows)
    yield "pca", PCA(1).fit(rows)


def values():
    cycle = [1]
    cycle.append(cycle)
    yield "values", [
        None, True, -1, 300, 70_000, 1 << 80, 1.5, 2 + 3j, b"bytes", bytearray(b"array"), "text", "\u00fc\u20ac",
        (1, 2), {"key": [1]}, {1}, frozenset({2}), cycle, dict, range(3),
    ]
    yield "arrays", [
        numpy.arange(3), numpy.asfortranarray(numpy.ones((2, 3), "f4")), numpy.array(["a", "bc"]),
        numpy.array([1, "x", None], object), numpy.array([(1, 2.0)], [("a", "i4"), ("b", ">f8")]),
        numpy.datetime64("2026-11-21"), numpy.float16(0.5), numpy.random.RandomState(0).get_state()[0],
    ]


def write(name, content):
    (CORPUS / name).write_bytes(content)


def main():
    CORPUS.mkdir(parents=True, exist_ok=True)
    for name, value in values():
        for protocol in range(6):
            write(f"{name}-{protocol}.pickle", pickle.dumps(value, protocol))
    for name, model in models():
        write(f"{name}.pickle", pickle.dumps(model, 4))
        stream = io.BytesIO()
        joblib.dump(model, stream)
        write(f"{name}.joblib", stream.getvalue())
    content = pickle.dumps(["compressed"], 4)
    packed = {"zlib": zlib.compress, "gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress}
    for suffix, compress in packed.items():
        write(f"compressed.{suffix}", compress(content))


if __name__ == "__main__":
    main()
