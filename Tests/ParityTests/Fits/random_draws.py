#!/usr/bin/env python3
"""Draws from numpy's RandomState and scikit-learn's generators, and prints what came.

usage: random_draws.py --seed S --count N

Prints a JSON list of N sequences {"seed": the state's seed, "draws": [DRAW, ...]}, each drawn from one state:
  DRAW: {"method", "low", "high", "count", "weights": [bits, ...], "numbers": [...], "bits": [...]}
Floats are given by their bits, as integers.
"""
import argparse
import json

import numpy as np
from sklearn.utils._random import _our_rand_r_py
from sklearn.utils.random import sample_without_replacement

SEEDS = [0, 1, 42, 2**31 - 1, 2**31, 2**32 - 1]
XORSHIFT_SEEDS = [0, 1, 2**31, 2**32 - 1]


def bits(numbers):
    return np.asarray(numbers, dtype=np.float64).view(np.uint64).tolist()


def draw(rng, state):
    """One draw of a kind and size chosen by `rng`, taken from `state`."""
    method = ["randint", "random_sample", "uniform", "permutation", "choice", "weighted", "sample"][rng.integers(7)]
    count = int(rng.integers(1, 40))
    record = {"method": method, "low": 0, "high": 0, "count": count, "weights": [], "numbers": [], "bits": []}
    if method == "randint":
        widths = [1, 2, 3, 255, 256, 2**31 - 1, 2**31, 2**32 - 1, 2**32, 2**32 + 1, 2**62, int(rng.integers(1, 10**6))]
        record["low"] = int(rng.choice([0, -5, -(2**40), int(rng.integers(-100, 100))]))
        record["high"] = record["low"] + widths[rng.integers(len(widths))]
        record["numbers"] = state.randint(record["low"], record["high"], count).tolist()
    elif method == "random_sample":
        record["bits"] = bits(state.random_sample(count))
    elif method == "uniform":
        record["bits"] = bits(state.uniform(size=count))
    elif method == "permutation":
        record["numbers"] = state.permutation(count).tolist()
    elif method == "choice":
        record["high"] = count + int(rng.integers(0, 50))
        record["numbers"] = state.choice(record["high"], count, replace=False).tolist()
    elif method == "weighted":
        weights = rng.random(int(rng.integers(1, 30))) * rng.integers(0, 2)
        weights[rng.integers(len(weights))] += 1
        weights /= weights.sum()
        record["weights"] = bits(weights)
        record["numbers"] = state.choice(len(weights), count, replace=True, p=weights).tolist()
    else:
        record["high"] = int(count * rng.choice([1, 1.005, 1.02, 3, 90, 110, 5000]))
        record["numbers"] = sample_without_replacement(record["high"], count, random_state=state).tolist()
    return record


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--count", type=int, required=True)
    arguments = parser.parse_args()
    rng = np.random.default_rng(arguments.seed)
    sequences = []
    for index in range(arguments.count):
        seed = SEEDS[index] if index < len(SEEDS) else int(rng.integers(2**32))
        state = np.random.RandomState(seed)
        sequences.append({"seed": seed, "draws": [draw(rng, state) for _ in range(30)]})
    for seed in XORSHIFT_SEEDS + rng.integers(0, 2**32, 200).tolist():
        record = {"method": "xorshift", "low": 0, "high": 0, "count": 1, "weights": [], "bits": []}
        sequences.append({"seed": seed, "draws": [{**record, "numbers": [_our_rand_r_py(seed)]}]})
    print(json.dumps(sequences))


if __name__ == "__main__":
    main()
