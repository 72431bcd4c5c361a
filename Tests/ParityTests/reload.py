#!/usr/bin/env python3
"""Loads models that Apus wrote, warnings being errors, and compares what they answer.

usage: reload.py JOBS
JOBS is a file of JSON, [JOB, ...]:
  JOB: {"name", "file": FILE, "version": that the file was written for, "original": FILE or null,
        "parameters": {name: repr} or null, "questions": [QUESTION, ...]}
  QUESTION: {"method", "rows": FILE, "answers": [ARRAY, ...]} as generate.py writes them.
With an original, which this scikit-learn stored itself, the answers must have the same bits and types, and the models
the same parameters. Without one, another release fitted the model: answers must be those that it gave, as close as
numpy's functions allow, and the parameters the same as far as both know them.
Prints a line of JSON a finding, {"name", "about", "example"}, and at last {"models", "answers"}.
"""
import json
import os
import re
import sys
import warnings

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(variable, "1")

import joblib
import numpy as np
import sklearn
from sklearn.base import clone

try:
    from sklearn.exceptions import InconsistentVersionWarning
except ImportError:
    InconsistentVersionWarning = UserWarning

#: What the logarithms and powers of two releases of numpy may differ by.
TOLERANCE = 1e-12


def load(job):
    """The model; the one warning allowed is that it was written for another release."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        if job["version"] != sklearn.__version__:
            warnings.simplefilter("ignore", InconsistentVersionWarning)
        return joblib.load(job["file"])


def load_original(path):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return joblib.load(path)


def words(value):
    """A value in words, without addresses."""
    return re.sub(r"0x[0-9a-f]+", "0x", repr(value))


def parts(answer):
    return [np.asarray(part) for part in (answer if isinstance(answer, list) else [answer])]


def differ_in_bits(found, expected):
    """How two answers differ, or None."""
    if len(found) != len(expected):
        return f"{len(found)} arrays, not {len(expected)}"
    for one, other in zip(found, expected):
        if one.dtype != other.dtype or one.shape != other.shape:
            return f"{one.dtype} {one.shape}, not {other.dtype} {other.shape}"
        if one.dtype == object or one.dtype.kind == "U":
            if one.tolist() != other.tolist():
                return f"{one.ravel()[:5]}, not {other.ravel()[:5]}"
        elif one.tobytes() != other.tobytes():
            return f"{one.ravel()[:5]}, not {other.ravel()[:5]}"
    return None


def expected_array(array):
    if array.get("labels") is not None:
        labels = [label == "true" for label in array.get("labels")] if array["kind"] == "bool" else array.get("labels")
        return np.array(labels).reshape(array["shape"])
    return np.load(array["file"]).reshape(array["shape"])


def differ(found, expected, close_to_threshold):
    """How answers differ from those of another release, or None; rows at a threshold may be on either side of it."""
    if len(found) != len(expected):
        return f"{len(found)} arrays, not {len(expected)}"
    for one, other in zip(found, expected):
        if one.shape != other.shape:
            return f"shape {one.shape}, not {other.shape}"
        if one.dtype.kind == "f":
            same = np.isclose(one, other.astype(float), rtol=TOLERANCE, atol=TOLERANCE, equal_nan=True)
        else:
            same = (one.astype(str) == other.astype(str)) | close_to_threshold.reshape(-1, *[1] * (one.ndim - 1))
        if not same.all():
            return f"{one[~same][:5]}, not {other[~same][:5]}"
    return None


def near_threshold(model, rows):
    if not hasattr(model, "decision_function"):
        return np.zeros(len(rows), dtype=bool)
    scores = np.asarray(model.decision_function(rows)).reshape(len(rows), -1)
    return np.abs(scores).min(axis=1) <= TOLERANCE


def compare_parameters(job, model, original, find):
    found = model.get_params()
    if original is not None:
        if words(found) != words(original.get_params()):
            find("parameters", f"{words(found)}, not {words(original.get_params())}")
        if words(model) != words(original):
            find("repr", f"{words(model)}, not {words(original)}")
    for name, value in (job["parameters"] or {}).items():
        if name in found and words(found[name]) != value:
            find("parameters", f"{name} is {words(found[name])}, not {value}")
    if words(clone(model).get_params()) != words(found):
        find("clone", words(clone(model)))


def compare_answers(job, model, original, find):
    """Asks every question that was answered; returns how many."""
    asked = 0
    for question in job["questions"]:
        rows = np.load(question["rows"])
        whole = ~np.isnan(rows).any(axis=1)
        # Another release may refuse missing values.
        kept = np.ones(len(rows), dtype=bool) if original is not None else whole
        if not kept.any():
            continue
        answer = parts(getattr(model, question["method"])(rows[kept]))
        if original is not None:
            difference = differ_in_bits(answer, parts(getattr(original, question["method"])(rows[kept])))
        else:
            expected = [expected_array(array)[kept] for array in question["answers"]]
            difference = differ(answer, expected, near_threshold(model, rows[kept]))
        if difference:
            find(question["method"], difference)
        asked += 1
    return asked


def has_unknown_settings(job, model):
    """Whether the model was fitted with a flag that this release does not know and so does not heed."""
    known = model.get_params()
    return any(value == "True" and name not in known for name, value in (job.get("parameters") or {}).items())


def main():
    answers, jobs = 0, json.load(open(sys.argv[1]))
    np.seterr(all="ignore")
    for job in jobs:

        def find(about, example):
            example = f"{job['file']}: {example}"[:600]
            print(json.dumps({"name": job["name"], "about": about, "example": example}))

        try:
            model = load(job)
            original = load_original(job.get("original")) if job.get("original") else None
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                compare_parameters(job, model, original, find)
                if not has_unknown_settings(job, model):
                    answers += compare_answers(job, model, original, find)
        except Exception as error:
            find("cannot be used", f"{type(error).__name__}: {error}")
    print(json.dumps({"models": len(jobs), "answers": answers}))


if __name__ == "__main__":
    main()
