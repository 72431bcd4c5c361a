#!/usr/bin/env python3
"""Loads files that PickleWriter wrote, warnings being errors, and prints what they hold in words.

usage: check_written.py FOLDER
Prints a line for each file of FOLDER: its name, a tab, and the value in the words of describing.py, or why there is
none. A .pickle must be the same to pickle and to joblib, a .joblib the same mapped into memory.
"""
import pathlib, pickle, sys, warnings

import joblib

from describing import Describer


def words(value):
    """In words, as if all arrays were in the machine's own order: joblib turns them round unless it maps them."""
    return Describer(numbers_arrays=True)(value).replace("array(>", "array(<")


def check(path):
    first = joblib.load(path)
    if path.suffix == ".pickle":
        second = pickle.loads(path.read_bytes())
    else:
        second = joblib.load(path, mmap_mode="r")
    if words(first) != words(second):
        raise ValueError(f"is {words(first)} in one way, {words(second)} in the other")
    return words(first)


warnings.simplefilter("error")
sys.setrecursionlimit(10_000)
for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    try:
        found = check(path)
    except Exception as error:
        found = f"{type(error).__name__}: {error}"
    print(path.name, found, sep="\t")
