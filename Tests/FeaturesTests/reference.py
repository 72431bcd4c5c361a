"""Draws series, and computes the rows of each schema with pandas and numpy, from the schemas' documentation alone.

    python reference.py --seed N --out FOLDER

For each schema NAME: `NAME.json` (metrics, columns, start, step, and how many rows), `NAME.series` (a series for each
metric), `NAME.times` and `NAME.rows`, all as 64-bit floats.
"""

import argparse
import json
import pathlib

import numpy
import pandas

FILL = 3


def windows(series, length):
    view = numpy.full((len(series), length), numpy.nan)
    view[length - 1 :] = numpy.lib.stride_tricks.sliding_window_view(series.to_numpy(), length)
    return view


def mean(series, length):
    return pandas.Series(windows(series, length).mean(axis=1), series.index)


def std(series, length):
    view = windows(series, length)
    deviation = view.std(axis=1)
    deviation[numpy.ptp(view, axis=1) == 0] = 0
    return pandas.Series(deviation, series.index)


def metrics_5(frame):
    return frame


def anomaly_45(frame):
    columns = {}
    for name, series in frame.items():
        lag = series.shift(1)
        columns[f"{name}_value"] = series
        columns[f"{name}_mean_5m"] = mean(series, 5)
        columns[f"{name}_std_5m"] = std(series, 5)
        columns[f"{name}_min_5m"] = series.rolling(5).min()
        columns[f"{name}_max_5m"] = series.rolling(5).max()
        columns[f"{name}_lag_1"] = lag
        columns[f"{name}_lag_5"] = series.shift(5)
        columns[f"{name}_diff"] = series.diff()
        columns[f"{name}_pct_change"] = (series.diff() / lag).mask(lag == 0, 0 * series)
    return pandas.DataFrame(columns)


def forecast_120(frame):
    return pandas.DataFrame({
        f"{name}_lag_{lag}": series.shift(lag) for lag in range(23, -1, -1) for name, series in frame.items()
    })


def univariate_6(frame):
    series = frame["value"]
    return pandas.DataFrame({
        "value": series,
        "value_mean_1h": mean(series, 12),
        "value_std_1h": std(series, 12),
        "value_mean_6h": mean(series, 72),
        "value_std_6h": std(series, 72),
        "value_std_24h": std(series, 288),
    })


SCHEMAS = {
    "metrics-5": (300, ["cpu_usage", "memory_usage", "pod_restarts", "network_in", "network_out"], metrics_5),
    "metrics-6": (
        300,
        ["cpu_usage", "memory_usage", "pod_restarts", "network_in", "network_out", "pods_not_running"],
        metrics_5,
    ),
    "anomaly-45": (
        60,
        [
            "node_cpu_utilization", "node_memory_utilization", "pod_cpu_usage", "pod_memory_usage",
            "container_restart_count",
        ],
        anomaly_45,
    ),
    "forecast-120": (
        300, ["cpu_usage", "memory_usage", "disk_usage", "network_in", "network_out"], forecast_120,
    ),
    "univariate-6": (300, ["value"], univariate_6),
}


def draw(random, count):
    """A series with jumps, still stretches, zeros, gaps of all lengths, and infinities."""
    values = random.normal(size=count).cumsum() * random.choice([1e-3, 1, 1e6])
    for _ in range(6):
        start = random.integers(count)
        values[start : start + random.integers(1, 20)] = random.choice([0, values[start]])
    for _ in range(8):
        start = random.integers(count)
        values[start : start + random.integers(1, 8)] = random.choice([numpy.nan, numpy.inf, -numpy.inf])
    return values


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    arguments = parser.parse_args()
    random = numpy.random.default_rng(arguments.seed)
    for name, (step, metrics, compute) in SCHEMAS.items():
        count = int(random.integers(1200, 2000))
        start = int(random.integers(-10_000, 2_000_000_000))
        times = start + step * numpy.arange(count)
        frame = pandas.DataFrame({metric: draw(random, count) for metric in metrics}, index=times)
        frame.to_numpy().T.tofile(arguments.out / f"{name}.series")
        filled = frame.replace([numpy.inf, -numpy.inf], numpy.nan).ffill(limit=FILL)
        rows = compute(filled).dropna()
        rows.to_numpy().tofile(arguments.out / f"{name}.rows")
        rows.index.to_numpy().astype("f8").tofile(arguments.out / f"{name}.times")
        description = {
            "metrics": metrics, "columns": list(rows.columns), "start": start, "step": step, "count": len(rows),
        }
        (arguments.out / f"{name}.json").write_text(json.dumps(description))


if __name__ == "__main__":
    main()
