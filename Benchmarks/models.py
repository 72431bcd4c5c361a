#!/usr/bin/env python3
"""Fits the reference models of the benchmarks and writes what their measurements ask and expect.

usage: models.py FOLDER
For each model NAME (IF, PA, PN, PM):
  FOLDER/NAME/model.pkl        the fitted model, as joblib.dump writes it
  FOLDER/NAME/rows.npy         rows it has not seen (float64), and in
  FOLDER/NAME/answers.npy      what scikit-learn predicts for them
  FOLDER/NAME/single.v1.jsonl  one-row requests in KServe's V1 protocol, a body a line; .v2. the same rows in V2
  FOLDER/NAME/bulk.v1.jsonl    thousand-row requests, likewise
  FOLDER/NAME/single.answers.json, bulk.answers.json
                               the predictions for each line
Seeds are fixed: the same library versions write the same models.
"""

import json
import pathlib
import sys

import joblib
import numpy as np
from sklearn.ensemble import IsolationForest, RandomForestClassifier, RandomForestRegressor
from sklearn.multioutput import MultiOutputRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import RobustScaler, StandardScaler

STEPS_PER_DAY = 288
LOOKBACK_STEPS = 24
HORIZON_STEPS = 12
METRICS = 5
SINGLE_REQUESTS = 64
BULK_REQUESTS = 4
BULK_ROWS = 1000


def load_curves(rng, steps, metrics):
    """Utilisations of a cluster: a daily rhythm with a phase of its own per metric, slow drift, noise, rare surges."""
    step = np.arange(steps)[:, np.newaxis]
    daily = np.cos(2 * np.pi * (step / STEPS_PER_DAY + rng.random(metrics)))
    drift = np.cumsum(rng.normal(0, 0.001, (steps, metrics)), axis=0)
    curves = 0.5 + 0.15 * daily + 0.1 * np.tanh(drift) + rng.normal(0, 0.05, (steps, metrics))
    surging = rng.random((steps, metrics)) < 0.02
    curves[surging] += rng.uniform(0.2, 0.6, surging.sum())
    return curves


def forecasts(rng, count):
    """Windows of 24 samples of five metrics, flattened, and the next 12 samples of the first metric."""
    curves = load_curves(rng, count + LOOKBACK_STEPS + HORIZON_STEPS, METRICS)
    past = np.lib.stride_tricks.sliding_window_view(curves, LOOKBACK_STEPS, axis=0)[:count]
    future = np.lib.stride_tricks.sliding_window_view(curves[LOOKBACK_STEPS:, 0], HORIZON_STEPS)[:count]
    return past.transpose(0, 2, 1).reshape(count, -1), future.copy()


def machines(rng, count):
    """Ten readings of a machine, and whether it fails within the week."""
    temperature = rng.normal(65, 12, count)
    days_since_service = rng.integers(0, 90, count)
    vibration = rng.gamma(2, 1.5, count)
    others = rng.normal(0, 1, (count, 5))
    flags = rng.integers(0, 2, (count, 2))
    risk = 0.05 * temperature + 0.03 * days_since_service + 0.3 * vibration + rng.normal(0, 0.5, count)
    return np.column_stack([temperature, days_since_service, vibration, others, flags]), (risk > 6).astype(int)


def forest_regressor():
    return RandomForestRegressor(
        n_estimators=100, max_depth=20, min_samples_split=5, min_samples_leaf=2, random_state=42
    )


def anomaly_detector(rng):
    """IF: 200 trees on 45 features, fitted on a week."""
    model = make_pipeline(RobustScaler(), IsolationForest(n_estimators=200, contamination=0.05, random_state=42))
    return model.fit(load_curves(rng, 7 * STEPS_PER_DAY, 45)), load_curves(rng, 100_000, 45)


def forecaster(rng):
    """PA: twelve forests of 100 trees, one per step ahead, on 120 features."""
    model = make_pipeline(StandardScaler(), MultiOutputRegressor(forest_regressor()))
    return model.fit(*forecasts(rng, 2000)), forecasts(rng, BULK_REQUESTS * BULK_ROWS)[0]


def native_forecaster(rng):
    """PN: the same as one forest of twelve outputs."""
    model = make_pipeline(StandardScaler(), forest_regressor())
    return model.fit(*forecasts(rng, 2000)), forecasts(rng, 100_000)[0]


def maintenance_classifier(rng):
    """PM: a forest of 100 trees on 10 features, two classes."""
    model = RandomForestClassifier(n_estimators=100, random_state=1)
    return model.fit(*machines(rng, 3000)), machines(rng, 100_000)[0]


MODELS = {
    "IF": anomaly_detector,
    "PA": forecaster,
    "PN": native_forecaster,
    "PM": maintenance_classifier,
}


def v1_body(rows):
    return {"instances": rows.tolist()}


def v2_body(rows):
    tensor = {"name": "input-0", "shape": list(rows.shape), "datatype": "FP64", "data": rows.ravel().tolist()}
    return {"inputs": [tensor]}


def write_requests(folder, kind, batches, model):
    """The batches as request bodies of both protocols, and the answers expected."""
    for protocol, body in [("v1", v1_body), ("v2", v2_body)]:
        lines = (json.dumps(body(rows), separators=(",", ":")) + "\n" for rows in batches)
        (folder / f"{kind}.{protocol}.jsonl").write_text("".join(lines))
    answers = [model.predict(rows).tolist() for rows in batches]
    (folder / f"{kind}.answers.json").write_text(json.dumps(answers))


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    for name, make in MODELS.items():
        folder = pathlib.Path(sys.argv[1]) / name
        folder.mkdir(parents=True)
        # Threads for fitting only: the stored estimators keep their default n_jobs.
        with joblib.parallel_config(backend="threading", n_jobs=-1):
            model, rows = make(np.random.default_rng(7))
        joblib.dump(model, folder / "model.pkl")
        np.save(folder / "rows.npy", rows)
        np.save(folder / "answers.npy", model.predict(rows))
        write_requests(folder, "single", np.split(rows[:SINGLE_REQUESTS], SINGLE_REQUESTS), model)
        write_requests(folder, "bulk", np.split(rows[: BULK_REQUESTS * BULK_ROWS], BULK_REQUESTS), model)
        print(f"{name}: {(folder / 'model.pkl').stat().st_size:,} bytes", flush=True)


if __name__ == "__main__":
    main()
