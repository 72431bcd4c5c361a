#!/usr/bin/env python3
"""Draws cases of one topic and prints what scikit-learn and numpy make of them, as JSON.

usage: reference.py TOPIC SEED COUNT
TOPIC is one of the functions of TOPICS. Arrays are printed as their shape and the base64 of their float64 elements, so
that no bit is lost; None stays null.
"""

import base64
import json
import sys
import warnings

import numpy as np
from sklearn import metrics, model_selection, preprocessing


def array(values):
    if values is None:
        return None
    values = np.ascontiguousarray(values, dtype=np.float64)
    return {"shape": list(values.shape), "data": base64.b64encode(values.tobytes()).decode()}


def chance(rng, probability):
    return bool(rng.random() < probability)


def table(rng):
    """Rows with what makes scalers difficult: missing values, constants, magnitudes, ties, few rows."""
    rows = int(rng.choice([1, 2, 3, 5, 7, 8, 9, 17, 100, 129, 130, 599, 600, 601, 1000, 3001]))
    columns = int(rng.choice([1, 1, 2, 3, 5, 8, 11]))
    x = rng.normal(size=(rows, columns)) * 10.0 ** rng.integers(-12, 12, columns) + rng.normal(0, 100, columns)
    for column in range(columns):
        kind = rng.random()
        if kind < 0.1:
            x[:, column] = rng.normal() * 10.0 ** rng.integers(-5, 9)
        elif kind < 0.2:
            x[:, column] = 1e8 + rng.integers(0, 2, rows) * 1e-8
        elif kind < 0.35:
            x[:, column] = rng.integers(-3, 4, rows)
        elif kind < 0.4:
            x[:, column] = rng.choice([-0.0, 0.0], rows)
        elif kind < 0.45:
            x[:, column] = np.nan
    if chance(rng, 0.4):
        x[rng.random(x.shape) < 0.2] = np.nan
    return x


def scalers(rng):
    x = table(rng)
    with_mean, with_std = chance(rng, 0.8), chance(rng, 0.8)
    standard = preprocessing.StandardScaler(with_mean=with_mean, with_std=with_std).fit(x)
    low, high = np.sort(rng.uniform(0.0, 100.0, 2)) if chance(rng, 0.5) else (25.0, 75.0)
    unit_variance = chance(rng, 0.4)
    if unit_variance and chance(rng, 0.2):
        low = 1e-13 * rng.random()
    elif not unit_variance and chance(rng, 0.2):
        low, high = 0.0, 100.0
    robust = preprocessing.RobustScaler(quantile_range=(low, high), unit_variance=unit_variance).fit(x)
    bounds = tuple(np.sort(rng.normal(size=2))) if chance(rng, 0.5) else (0.0, 1.0)
    minmax = preprocessing.MinMaxScaler(feature_range=bounds).fit(x)
    return {
        "rows": array(x),
        "isCentering": with_mean,
        "isScaling": with_std,
        "sampleCounts": array(np.broadcast_to(standard.n_samples_seen_, x.shape[1])),
        "mean": array(standard.mean_),
        "variance": array(standard.var_),
        "standardScale": array(standard.scale_),
        "quantileRange": array([low, high]),
        "hasUnitVariance": unit_variance,
        "center": array(robust.center_),
        "robustScale": array(robust.scale_),
        "featureRange": array(bounds),
        "dataMinimum": array(minmax.data_min_),
        "dataMaximum": array(minmax.data_max_),
        "dataRange": array(minmax.data_range_),
        "minMaxScale": array(minmax.scale_),
        "minimum": array(minmax.min_),
    }


def labels(rng):
    """Labels of two classes and predictions of them, either of which may lack a class."""
    rows = int(rng.choice([1, 2, 5, 50, 1000]))
    share = rng.choice([0.0, 0.1, 0.5, 1.0])
    actual = (rng.random(rows) < share).astype(int)
    predicted = np.where(rng.random(rows) < rng.choice([0.0, 0.3, 1.0]), rng.integers(0, 2, rows), actual)
    if chance(rng, 0.2):
        predicted[:] = rng.integers(0, 2)
    division = float(rng.choice([0.0, 1.0]))
    (tn, fp), (fn, tp) = metrics.confusion_matrix(actual, predicted, labels=[0, 1])
    precision, recall, f1, _ = metrics.precision_recall_fscore_support(
        actual, predicted, labels=[1], average="binary", zero_division=division
    )
    return {
        "actual": array(actual),
        "predicted": array(predicted),
        "zeroDivision": division,
        "counts": array([tp, fp, fn, tn]),
        "scores": array([precision, recall, f1, metrics.accuracy_score(actual, predicted)]),
    }


def curves(rng):
    """Scores of two classes with ties, on any scale."""
    rows = int(rng.choice([1, 2, 5, 50, 1000, 4000]))
    actual = rng.random(rows) < rng.choice([0.0, 0.02, 0.3, 0.9, 1.0])
    scores = rng.normal(size=rows) + rng.choice([0.0, 0.5, 3.0]) * actual
    if chance(rng, 0.5):
        scores = np.round(scores, int(rng.integers(0, 3)))
    scores *= 10.0 ** rng.integers(-8, 8)
    fpr, tpr, thresholds = metrics.roc_curve(actual, scores)
    precision, recall, points = metrics.precision_recall_curve(actual, scores)
    return {
        "isPositive": array(actual),
        "scores": array(scores),
        "falsePositiveRates": array(fpr),
        "truePositiveRates": array(tpr),
        "thresholds": array(thresholds),
        "area": array(metrics.roc_auc_score(actual, scores)),
        "precisions": array(precision),
        "recalls": array(recall),
        "points": array(points),
        "averagePrecision": float(metrics.average_precision_score(actual, scores)),
    }


def regressions(rng):
    """Numbers of one or several outputs and predictions of them; outputs may be constant, or met exactly."""
    rows, outputs = int(rng.choice([1, 2, 3, 10, 500, 3000])), int(rng.choice([1, 1, 2, 5, 12]))
    actual = rng.normal(rng.normal(0, 10), 1, (rows, outputs)) * 10.0 ** rng.integers(-6, 6)
    predicted = actual + rng.normal(0, rng.choice([0.01, 1.0, 100.0]), actual.shape)
    for output in range(outputs):
        if chance(rng, 0.15):
            actual[:, output] = rng.normal()
        if chance(rng, 0.15):
            predicted[:, output] = actual[:, output]
    period = int(rng.choice([1, 2, 24]))
    history = rng.normal(size=period + int(rng.integers(1, 500)))
    seasonal = np.mean(np.abs(history[period:] - history[:-period]))
    return {
        "actual": array(actual),
        "predicted": array(predicted),
        "mae": float(metrics.mean_absolute_error(actual, predicted)),
        "rmse": float(metrics.root_mean_squared_error(actual, predicted)),
        "r2": array(metrics.r2_score(actual, predicted)),
        "absoluteErrors": array(metrics.mean_absolute_error(actual, predicted, multioutput="raw_values")),
        "rootSquaredErrors": array(metrics.root_mean_squared_error(actual, predicted, multioutput="raw_values")),
        "history": array(history),
        "period": period,
        "mase": float(metrics.mean_absolute_error(actual, predicted) / seasonal),
    }


def size(rng, rows):
    """A size of a part, as `train_test_split` takes it: nothing, a share or a count, not always one that works."""
    kind = rng.random()
    if kind < 0.3:
        return None
    return float(rng.uniform(-0.05, 1.05)) if kind < 0.7 else int(rng.integers(-1, rows + 2))


def splits(rng):
    rows = int(rng.choice([2, 3, 5, 10, 100, 1000]))
    classes = None
    if chance(rng, 0.6):
        classes = rng.choice(rng.permutation(50)[: rng.integers(1, 6)], rows)
    settings = dict(test_size=size(rng, rows), train_size=size(rng, rows))
    seed = int(rng.integers(0, 2**32))
    case = {
        "rowCount": rows,
        "classes": array(classes),
        "testSize": settings["test_size"],
        "trainSize": settings["train_size"],
        "isTestShare": isinstance(settings["test_size"], float),
        "isTrainShare": isinstance(settings["train_size"], float),
        "seed": seed,
        "isInOrder": classes is None and chance(rng, 0.3),
    }
    shuffle = dict(shuffle=False) if case["isInOrder"] else dict(stratify=classes, random_state=seed)
    try:
        train, test = model_selection.train_test_split(np.arange(rows), **settings, **shuffle)
        return {**case, "train": array(train), "test": array(test)}
    except ValueError as error:
        return {**case, "error": str(error)}


TOPICS = {topic.__name__: topic for topic in [scalers, labels, curves, regressions, splits]}


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    warnings.simplefilter("ignore")
    rng = np.random.default_rng(int(sys.argv[2]))
    json.dump([TOPICS[sys.argv[1]](rng) for _ in range(int(sys.argv[3]))], sys.stdout)


if __name__ == "__main__":
    main()
