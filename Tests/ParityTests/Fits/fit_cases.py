#!/usr/bin/env python3
"""Draws data and parameters, fits forests with the scikit-learn that runs this, and writes down every node.

usage: fit_cases.py --seed S --out DIR --count N [--only INDEX]

Writes DIR/fits.json and the files it names. Case INDEX depends on the seed and on INDEX alone, so that `--only` repeats
it. The manifest is {"version": "1.9.1", "cases": [CASE, ...]}
  CASE: {"name", "kind": "RandomForestRegressor" | "RandomForestClassifier" | "IsolationForest", "description",
         "parameters": {scikit-learn's name: VALUE}, "rows": FILE, "targets": FILE or null,
         "refusal": the first line of the error, or null, "forest": FOREST or null}
  VALUE: null, a bool, a string, or "int:3" or "float:0.5", as JSON does not tell 1 and 1.0 apart
  FOREST: {"seeds", "depths", "nodeCounts", "classCounts": one a tree or target,
           "integers": FILE of left and right child, feature, sample count and missing_go_to_left of each node,
           "floats": FILE of threshold, impurity and weight of each node, "values": FILE of the values of each node,
           "classes": per target its labels, or null, "importances": FILE of feature_importances_, or null,
           "isolation": ISOLATION or null}
  ISOLATION: {"offset": FILE, "maximumSamples", "features": FILE, "depths": FILE, "averages": FILE}
A FILE is a .npy of little-endian float64 or int64 in C order; nodes of all trees follow each other.
"""
import argparse
import json
import pathlib
import sys
import warnings

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

import numpy as np
import sklearn
from sklearn.ensemble import IsolationForest, RandomForestClassifier, RandomForestRegressor

from drawing import chance, choose, draw_column, latent, log_integer, log_uniform, seed_of

KINDS = {
    "RandomForestRegressor": RandomForestRegressor,
    "RandomForestClassifier": RandomForestClassifier,
    "IsolationForest": IsolationForest,
}


# --- data --------------------------------------------------------------------------------------------------------


def draw_feature(rng, count):
    """A column, with what makes trees choose between equals: ties, constants, values nearly alike, both zeros."""
    kind = choose(rng, "table", "table", "table", "near", "zeros", "float", "few", "walk")
    if kind == "near":
        return choose(rng, 0.0, 0.3, 1.0, -5.0) + np.round(rng.normal(size=count), 1) * choose(rng, 3e-8, 1e-7, 2e-7)
    if kind == "zeros":
        return rng.choice([0.0, -0.0, 0.0, 1.0, -1.0], count)
    if kind == "float":
        return rng.normal(size=count).astype(np.float32).astype(np.float64)
    if kind == "few":
        return rng.choice(rng.normal(size=3), count)
    if kind == "walk":
        return np.cumsum(rng.normal(size=count))
    return draw_column(rng, count, False)


def draw_matrix(rng, may_miss):
    """Rows with repeated rows and columns, and missing values in some columns."""
    count = choose(rng, 1, 2, 5) if chance(rng, 0.05) else log_integer(rng, 10, 1200)
    width = log_integer(rng, 1, 40)
    if chance(rng, 0.35):
        rows = rng.normal(size=(count, width)) * log_uniform(rng, 1e-2, 1e3)
    else:
        rows = np.column_stack([draw_feature(rng, count) for _ in range(width)])
    if width > 1 and chance(rng, 0.3):
        rows[:, rng.integers(width)] = rows[:, rng.integers(width)] * choose(rng, 1, 1, -1)
    if chance(rng, 0.3):
        rows = rows[rng.integers(0, count, count)]
    if may_miss and chance(rng, 0.3):
        holed = rng.random(width) < choose(rng, 0.2, 1.0)
        rows = np.where(holed & (rng.random(rows.shape) < choose(rng, 0.02, 0.3, 0.9)), np.nan, rows)
        if chance(rng, 0.2):
            rows[:, rng.integers(width)] = np.nan
    return rows


def draw_number_target(rng, rows):
    """Numbers to fit: smooth, rounded, far from zero, few, or all the same."""
    values = latent(rng, rows)
    kind = choose(rng, "smooth", "smooth", "smooth", "rounded", "integers", "far", "few", "constant", "skewed")
    if kind == "smooth":
        return values * log_uniform(rng, 1e-6, 1e6)
    if kind == "rounded":
        return np.round(values, 1)
    if kind == "integers":
        return np.round(values * 5)
    if kind == "far":
        return values + log_uniform(rng, 1e2, 1e9)
    if kind == "few":
        return np.where(values > 0, 1.5, rng.normal())
    if kind == "skewed":
        return np.exp(values * 3)
    return np.full(len(rows), rng.normal())


def draw_class_target(rng, rows):
    """Codes of classes, some of them rare."""
    order = np.argsort(np.argsort(latent(rng, rows), kind="stable"), kind="stable")
    share = order / max(len(rows), 1)
    codes = (share ** choose(rng, 1, 1, 3) * choose(rng, 1, 2, 2, 3, 7)).astype(np.int64)
    flipped = rng.random(len(rows)) < 0.1
    return np.where(flipped, rng.permutation(codes), codes) * choose(rng, 1, 1, 3) - choose(rng, 0, 2)


# --- parameters --------------------------------------------------------------------------------------------------


def draw_forest(rng):
    parameters = {"n_estimators": log_integer(rng, 1, 8), "random_state": choose(rng, 0, 42, seed_of(rng), 2**32 - 1)}
    options = {
        "max_depth": (0.4, [1, 3, 6, 20]),
        "min_samples_split": (0.3, [2, 3, 5, 20, 0.05, 0.5]),
        "min_samples_leaf": (0.3, [1, 2, 3, 10, 0.03, 0.3]),
        "min_weight_fraction_leaf": (0.15, [0.0, 0.01, 0.1, 0.4]),
        "max_features": (0.5, ["sqrt", "log2", None, 1, 3, 1000, 0.3, 1.0]),
        "min_impurity_decrease": (0.15, [0.0, 1e-4, 0.05]),
        "max_samples": (0.3, [0.1, 0.6, 1.0, 1.7, 1, 30]),
        "bootstrap": (0.2, [False]),
    }
    for name, (share, values) in options.items():
        if chance(rng, share):
            parameters[name] = choose(rng, *values)
    if not parameters.get("bootstrap", True):
        parameters.pop("max_samples", None)
    return parameters


def draw_regressor(rng):
    rows = draw_matrix(rng, True)
    count = choose(rng, 1, 1, 1, 2, 3, 4, 5, 12, 17)
    targets = np.column_stack([draw_number_target(rng, rows) for _ in range(count)])
    if count > 2 and chance(rng, 0.3):
        targets = targets[:, :1] * rng.normal(size=count) + rng.normal(size=count)
    return rows, targets, draw_forest(rng)


def draw_classifier(rng):
    rows = draw_matrix(rng, True)
    count = choose(rng, 1, 1, 1, 1, 2, 3)
    targets = np.column_stack([draw_class_target(rng, rows) for _ in range(count)])
    parameters = draw_forest(rng)
    if chance(rng, 0.4):
        parameters["criterion"] = choose(rng, "gini", "entropy", "log_loss")
    if chance(rng, 0.4):
        parameters["class_weight"] = choose(rng, "balanced", "balanced_subsample")
    return rows, targets, parameters


def draw_isolation(rng):
    rows = draw_matrix(rng, True)
    # Beside missing values scikit-learn splits by thresholds that are NaN, which Apus refuses to fit.
    if chance(rng, 0.05) and not np.isnan(rows).any():
        rows[rng.integers(len(rows)), rng.integers(rows.shape[1])] = choose(rng, np.inf, -np.inf)
    if chance(rng, 0.1):
        rows = np.tile(rows, (60, 1))[:, :3]
    parameters = {"n_estimators": log_integer(rng, 1, 30), "random_state": choose(rng, 0, 42, seed_of(rng), 2**32 - 1)}
    options = {
        "max_samples": (0.6, ["auto", 1, 2, 30, 1000, 0.005, 0.3, 1.0]),
        "max_features": (0.4, [1, 2, 0.3, 0.8, 1.0]),
        "contamination": (0.7, ["auto", 0.01, 0.05, 0.5]),
        "bootstrap": (0.3, [True]),
    }
    for name, (share, values) in options.items():
        if chance(rng, share):
            parameters[name] = choose(rng, *values)
    return rows, None, parameters


DRAWS = [draw_regressor, draw_regressor, draw_classifier, draw_isolation]
NAMES = ["RandomForestRegressor", "RandomForestRegressor", "RandomForestClassifier", "IsolationForest"]


# --- what came of it ---------------------------------------------------------------------------------------------


class Files:
    """Writes the arrays of one case."""

    def __init__(self, folder, index):
        self.folder, self.prefix, self.count = folder, f"fit{index:04}", 0

    def save(self, array):
        array = np.ascontiguousarray(array, dtype="<i8" if np.asarray(array).dtype.kind in "ib" else "<f8")
        name = f"{self.prefix}-{self.count}.npy"
        self.count += 1
        np.save(self.folder / name, array)
        return name


def describe(model, files):
    trees = [estimator.tree_ for estimator in model.estimators_]
    integers = [
        np.column_stack(
            [t.children_left, t.children_right, t.feature, t.n_node_samples, t.missing_go_to_left.astype(np.int64)]
        )
        for t in trees
    ]
    floats = [np.column_stack([t.threshold, t.impurity, t.weighted_n_node_samples]) for t in trees]
    classes = getattr(model, "classes_", None)
    if classes is not None:
        classes = [c.tolist() for c in (classes if isinstance(classes, list) else [classes])]
    return {
        "seeds": [int(estimator.random_state) for estimator in model.estimators_],
        "depths": [int(t.max_depth) for t in trees],
        "nodeCounts": [int(t.node_count) for t in trees],
        "classCounts": trees[0].n_classes.tolist(),
        "integers": files.save(np.vstack(integers).astype(np.int64)),
        "floats": files.save(np.vstack(floats)),
        "values": files.save(np.concatenate([t.value.ravel() for t in trees])),
        "classes": classes,
        "importances": None if isinstance(model, IsolationForest) else files.save(model.feature_importances_),
        "isolation": describe_isolation(model, files) if isinstance(model, IsolationForest) else None,
    }


def describe_isolation(model, files):
    return {
        "offset": files.save(np.array([float(model.offset_)])),
        "maximumSamples": int(model.max_samples_),
        "features": files.save(np.vstack(model.estimators_features_).astype(np.int64)),
        "depths": files.save(np.concatenate(model._decision_path_lengths).astype(np.float64)),
        "averages": files.save(np.concatenate(model._average_path_length_per_tree)),
    }


def write(value):
    """A parameter's value for the manifest."""
    if value is None or isinstance(value, (bool, str)):
        return value
    return f"{type(value).__name__}:{value!r}"


def make_case(folder, seed, index):
    rng = np.random.default_rng([seed, index])
    name = NAMES[index % len(NAMES)]
    rows, targets, parameters = DRAWS[index % len(DRAWS)](rng)
    files = Files(folder, index)
    model = KINDS[name](**parameters)
    record = {"name": f"{index:04}", "kind": name, "description": " ".join(f"{model} on {rows.shape}".split())}
    record["parameters"] = {key: write(value) for key, value in parameters.items()}
    record.update(rows=files.save(rows), targets=None, refusal=None, forest=None)
    if targets is not None:
        record["targets"] = files.save(targets)
        targets = targets[:, 0] if targets.shape[1] == 1 else targets
    try:
        model.fit(rows, targets)
    except ValueError as error:
        record["refusal"] = str(error).splitlines()[0]
    else:
        record["forest"] = describe(model, files)
    return record


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--count", type=int, required=True)
    parser.add_argument("--only", type=int, help="write this case alone")
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    np.seterr(all="ignore")
    indices = range(arguments.count) if arguments.only is None else [arguments.only]
    cases = [make_case(arguments.out, arguments.seed, index) for index in indices]
    manifest = {"version": sklearn.__version__, "cases": cases}
    (arguments.out / "fits.json").write_text(json.dumps(manifest))


if __name__ == "__main__":
    main()
