#!/usr/bin/env python3
"""Draws, fits and stores models with the scikit-learn that runs this, and writes down what it answers.

usage: generate.py --seed S --out DIR --count N [--only INDEX]

Writes DIR/manifest.json and the files it names. Case INDEX depends on the seed and on INDEX alone, so that `--only`
repeats it. The manifest is
  {"version": "1.5.2", "cases": [CASE, ...]}
  CASE: {"name", "estimator", "description", "storage", "model": FILE, "featureNames": [...] or null,
         "products": "float64" | "float32" | null, "parameters": {NAME: REPR}, "questions": [QUESTION, ...]}
  QUESTION: {"about", "method", "rows": FILE, "answers": [ARRAY, ...] or null, "perTarget": bool,
             "margin": FILE or null, "error": the first line of the refusal, or null}
  ARRAY: {"kind": "float64" | "int64" | "bool" | "string", "shape", "file": FILE or null, "labels": [...] or null,
          "magnitude": FILE or null}
A FILE is a .npy of little-endian float64 or int64 in C order. `products`: the precision of the matrix products
that stand before the last step, or in the start of a boosted model.
"""
import argparse
import json
import os
import pathlib
import pickle
import sys
import traceback
import warnings

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(variable, "1")
os.environ.setdefault("PYTHONWARNINGS", "ignore")

import joblib
import numpy as np
import pandas as pd
import sklearn
from sklearn.pipeline import Pipeline

import conditioning
import drawing

METHODS = ["predict", "predict_proba", "predict_log_proba", "decision_function", "score_samples", "transform"]
COMPRESSIONS = ["zlib", "gzip", "bz2", "lzma", "xz"]
ATTEMPTS_MAX = 20

try:
    import lz4.frame  # noqa: F401

    COMPRESSIONS.append("lz4")
except ImportError:
    pass

STORAGES = [f"pickle-{protocol}" for protocol in range(6)] + ["joblib", "joblib", "joblib"]
STORAGES += [f"joblib-{name}" for name in COMPRESSIONS]


def store(model, storage, path):
    """Writes a model in one of the ways that notebooks do."""
    how, _, detail = storage.partition("-")
    if how == "pickle":
        path.write_bytes(pickle.dumps(model, protocol=int(detail)))
    else:
        joblib.dump(model, path, compress=(detail, 3) if detail else 0)


def class_name(model):
    """The class of the last step, with what it wraps."""
    while isinstance(model, Pipeline):
        model = model.steps[-1][1]
    if isinstance(model, str):
        return model
    name = type(model).__name__
    return f"{name}({type(model.estimator).__name__})" if name.startswith("MultiOutput") else name


def parameters(model):
    """What the constructors were given, by name, in words; estimators and what has an address are left out."""
    given = model.get_params()
    return {name: repr(value) for name, value in given.items() if "(" not in repr(value) or isinstance(value, tuple)}


class Case:
    """One model on disk and the questions put to it."""

    def __init__(self, folder, index, model, rows, storage):
        self.folder, self.prefix, self.files = folder, f"{index:04}", 0
        self.model = model
        self.record = {
            "name": self.prefix,
            "estimator": class_name(model),
            "description": " ".join(repr(model).split()),
            "storage": storage,
            "model": f"{self.prefix}.model",
            "featureNames": list(rows.columns) if isinstance(rows, pd.DataFrame) else None,
            "products": None,
            "parameters": parameters(model),
            "questions": [],
        }
        store(model, storage, folder / self.record["model"])

    def save(self, array):
        name = f"{self.prefix}-{self.files}.npy"
        self.files += 1
        np.save(self.folder / name, np.ascontiguousarray(array))
        return name

    def array(self, values, magnitude):
        """An array of the manifest: numbers in a file, labels in place."""
        record = {"shape": list(values.shape), "file": None, "labels": None, "magnitude": None}
        if values.dtype.kind in "OU":
            return {**record, "kind": "string", "labels": [str(label) for label in values.ravel()]}
        if values.dtype.kind == "b":
            return {**record, "kind": "bool", "labels": ["true" if label else "false" for label in values.ravel()]}
        kind = "int64" if values.dtype.kind in "iu" else "float64"
        record.update(kind=kind, file=self.save(values.astype("<i8" if kind == "int64" else "<f8")))
        if magnitude is not None and kind == "float64":
            record["magnitude"] = self.save(np.broadcast_to(magnitude, values.shape).astype("<f8"))
        return record

    def answers(self, method):
        """Whether the model has a method that Apus serves; PCA's score_samples is a density, which it does not."""
        is_density = method == "score_samples" and self.record["estimator"] == "PCA"
        return hasattr(self.model, method) and not is_density

    def ask(self, about, rows):
        """Puts every method to the model."""
        file = self.save(rows.astype("<f8"))
        for method in METHODS:
            if not self.answers(method):
                continue
            question = {"about": about, "method": method, "rows": file, "answers": None, "perTarget": False}
            question.update(margin=None, error=None)
            try:
                output = getattr(self.model, method)(rows)
            except ValueError as error:
                question["error"] = str(error).splitlines()[0]
            else:
                if overflowed(rows, output):
                    continue
                self.note(question, rows, output)
            self.record["questions"].append(question)

    def note(self, question, rows, output):
        """Writes down an answer, and how exact an answer can be."""
        magnitude = None
        last, seen, terms = conditioning.split(self.model, rows)
        self.record["products"] = self.record["products"] or conditioning.products(last, terms)
        if not isinstance(last, str):
            magnitude = conditioning.magnitudes(last, seen, terms, question["method"], output)
            margin = conditioning.margins(last, seen, terms) if question["method"] == "predict" else None
            if margin is not None:
                magnitude, question["margin"] = None, self.save(margin.astype("<f8"))
        if isinstance(output, list):
            parts = magnitude or [None] * len(output)
            question["answers"] = [self.array(part, unit) for part, unit in zip(output, parts)]
            question["perTarget"] = True
        else:
            question["answers"] = [self.array(np.asarray(output), magnitude)]


def overflowed(rows, output):
    """Whether numbers that no float32 holds became NaN on the way, where infinities met: no answer to repeat."""
    parts = output if isinstance(output, list) else [output]
    is_huge = np.isfinite(rows).all() and np.abs(rows).max(initial=0) > np.finfo(np.float32).max
    return is_huge and any(part.dtype.kind == "f" and np.isnan(part).any() for part in map(np.asarray, parts))


def is_finite(model, rows):
    """Whether the fit went well enough to compare: a diverged one answers NaN, and no method may raise."""
    for method in METHODS:
        if hasattr(model, method):
            output = getattr(model, method)(rows)
            for part in output if isinstance(output, list) else [output]:
                if method not in ("predict_log_proba", "transform") and np.asarray(part).dtype.kind == "f":
                    if not np.isfinite(part).all():
                        return False
    return True


def draw_fitted(rng, kind):
    """A fitted model of a kind, its training rows and rows to ask about."""
    rows = drawing.draw_rows(rng, kind in drawing.TAME)
    asked = drawing.draw_test_rows(rng, rows)
    has_missing = drawing.chance(rng, 0.5 if kind in ("SimpleImputer", "Pipeline") else 0.15)
    model, target = drawing.draw_model(rng, kind, rows, has_missing)
    if has_missing:
        holes = rng.random(rows.shape) < 0.1
        holes[:2] = False
        rows = np.where(holes, np.nan, rows)
        asked = np.where(rng.random(asked.shape) < 0.1, np.nan, asked)
    if drawing.chance(rng, 0.08) and kind != "KMeans":
        rows = rows.astype(np.float32)
    if drawing.chance(rng, 0.3):
        rows = pd.DataFrame(rows, columns=[f"metric {i}" if i else "größe" for i in range(rows.shape[1])])
    model.fit(rows) if target is None else model.fit(rows, target)
    return model, rows, asked


def strange_rows(asked):
    """Rows to see which a model refuses, by what is strange about them."""
    yield "missing value", spoiled(asked[:3], np.nan)
    yield "infinity", spoiled(asked[:3], np.inf)
    yield "beyond float32", spoiled(asked[:3], -1e39)
    yield "too wide", np.hstack([asked[:2], asked[:2, :1]])
    yield "too narrow", asked[:2, 1:] if asked.shape[1] > 1 else np.empty((2, 0))
    yield "no rows", asked[:0]


def spoiled(rows, value):
    rows = rows.copy()
    rows[1, -1] = value
    return rows


def make_case(folder, seed, index):
    """Draws until a model fits: some settings do not go with some data, and scikit-learn says so."""
    for attempt in range(ATTEMPTS_MAX):
        rng = np.random.default_rng([seed, index, attempt])
        kind = drawing.KINDS[index] if index < len(drawing.KINDS) else drawing.choose(rng, *drawing.KINDS)
        storage = drawing.choose(rng, *STORAGES)
        try:
            model, rows, asked = draw_fitted(rng, kind)
            usable = is_finite(model, asked)
        except (ValueError, RuntimeError, FloatingPointError, np.linalg.LinAlgError):
            # RuntimeError: scipy.optimize.nnls, behind LinearRegression(positive=True), gave up.
            if os.environ.get("APUS_PARITY_VERBOSE"):
                traceback.print_exc()
            continue
        if usable:
            case = Case(folder, index, model, rows, storage)
            case.ask("rows", asked)
            for about, strange in strange_rows(asked):
                case.ask(about, strange)
            return case.record
    raise SystemExit(f"case {index} of seed {seed}: no {kind} could be fitted in {ATTEMPTS_MAX} attempts")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--count", type=int, required=True)
    parser.add_argument("--only", type=int, help="write this case alone")
    arguments = parser.parse_args()
    if arguments.count < len(drawing.KINDS):
        sys.exit(f"--count must be at least {len(drawing.KINDS)}, so that every estimator is drawn")
    warnings.simplefilter("ignore")
    np.seterr(all="ignore")
    indices = range(arguments.count) if arguments.only is None else [arguments.only]
    cases = [make_case(arguments.out, arguments.seed, index) for index in indices]
    manifest = {"version": sklearn.__version__, "cases": cases}
    (arguments.out / "manifest.json").write_text(json.dumps(manifest))


if __name__ == "__main__":
    main()
