#!/usr/bin/env python3
"""Writes pickles and joblib files of many forms, and what they hold in words, for the tests of PickleCodec.

usage: make_described.py OUT_DIR
Writes OUT_DIR/numpy-VERSION.tsv: lines of name, file in base64, and the value in the words of describing.py, which
GraphDescription.swift writes too. The committed files come from numpy 1.26 with joblib 1.3, numpy 2.4 with joblib 1.6,
and numpy 1.23 with joblib 1.0 (which did not align arrays yet).
"""
import base64, collections, io, pathlib, pickle, pickletools, sys

import joblib
import numpy as np

from describing import Describer, Entries, Items, Keyword, Point, Slots, make


# --- Values

def python_values():
    shared = [1]
    cyclic = ["a"]
    cyclic.append(cyclic)
    owner = make(Point, name="owner")
    owner.me = owner
    return {
        "none": None, "booleans": [True, False],
        "integers": [0, 1, -1, 255, 256, 65535, 65536, -2**31, 2**31 - 1, 2**31, -2**63, 2**63 - 1],
        "big-integers": [2**63, -2**63 - 1, 2**64, -2**64, 2**127, -2**127, 10**40, -10**40, 2**1100],
        "floats": [0.0, -0.0, 1.5, -1e-300, 1e308, float("inf"), float("-inf"), float("nan"), 0.1],
        "complex": [1 + 2j, complex(float("nan"), -0.0)],
        "strings": [
            "", "a", "it's", 'a "quote"', "line\nfeed\\r", "\u00e9\u20ac\U0001f600", "\\u0041 \\", "x" * 300, "\x00\x1a"
        ],
        "bytes": [b"", b"abc", bytes(range(256)), b"\xff" * 300], "bytearrays": [bytearray(), bytearray(b"\x00\xff'")],
        "tuples": ((), (1,), (1, 2), (1, 2, 3), (1, 2, 3, 4), ((), ((),))),
        "dicts": {"a": 1, 2: [3], (1, "t"): None,
        "empty": {}},
        "sets": [set(), {1, 2, "a"}, frozenset(), frozenset({3, 4})],
        "long-list": list(range(1100)), "shared": [shared, shared, (shared, shared)], "cyclic": cyclic,
        "cyclic-dict": (lambda d: d.update(me=d) or d)({}), "object": make(Point, x=1, y=[2]), "owner": owner,
        "classes": [int, Point, collections.OrderedDict], "ordered": collections.OrderedDict([("b", 1), ("a", [2])]),
    }


def protocol_2_values():
    """Values whose form in protocols 0 and 1 is another."""
    items = Items([1, "b"])
    items.note = "n"
    entries = Entries(k=1)
    return {"slots": make(Slots, x=1, y="b"), "items": items, "entries": entries}


def numpy_values():
    record = np.dtype([("left", "<i8"), ("threshold", "<f8"), ("big", ">f4"), ("flag", "?"), ("name", "<U2")])
    aligned = np.dtype([("a", "i1"), ("b", "f8"), ("missing", "u1")], align=True)
    records = np.array([(1, 0.5, 2.5, True, "ab"), (-1, -2.0, 0.25, False, "")], dtype=record)
    grid = np.arange(24.0).reshape(2, 3, 4)
    shared = np.arange(3)
    objects = np.empty((2, 3), dtype=object, order="F")
    objects[:] = [[1, "b", None], [[2], (3,), 4.5]]
    me = np.empty(1, dtype=object)
    me[0] = me
    values = {f"numbers-{code[1:]}-{'big' if code[0] == '>' else 'little'}": np.array([0, 1, 2, 100], dtype=code)
              for order in "<>" for code in (order + c for c in ("i1 i2 i4 i8 u1 u2 u4 u8 f2 f4 f8".split()))}
    values |= {
        "extremes": [np.array([-2**63, 2**63 - 1]), np.array([-128, 127], "i1"), np.array([2**53], "u8"),
                     np.array([np.nan, np.inf, -np.inf, 5e-324, -0.0]), np.array([6e-8, 65504, np.inf], "f2")],
        "booleans": np.array([[True], [False]]), "complex": np.array([1 + 2j, 3]), "empty": np.zeros((0, 5)),
        "zero-dimensional": np.array(1.5), "c-order": grid, "f-order": np.asfortranarray(grid),
        "f-order-2d": np.asfortranarray(grid[0]), "transposed": grid.transpose(1, 0, 2), "strided": grid[:, ::2, 1],
        "strings": np.array([["a", "b\u00e9"], ["", "\U0001f600x"]]), "strings-big": np.array(["abc", "d"], ">U3"),
        "strings-f-order": np.asfortranarray(np.array([["a", "b"], ["c", "d"]])), "bytes": np.array([b"ab", b"c"]),
        "dates": np.array(["2020-01-01", "NaT"], "M8[D]"), "dates-multiple": np.array([1, 2], "M8[25s]"),
        "durations": np.array([5], "m8[ms]"),
        "records": records,
        "records-2d": np.asfortranarray(np.tile(records, (2, 1))),
        "records-aligned": np.array([(1, 2.5, 1)], dtype=aligned),
        "scalars": [
            np.float64(1.5), np.int32(-3), np.bool_(True), np.str_("ab"), np.datetime64("2020-01-01"), np.float32(0.1)
        ],
        "dtypes": [np.dtype("f8"), np.dtype(">i2"), record, aligned],
        "objects": np.array([None, "a", [1]], dtype=object), "objects-f-order": objects, "objects-cyclic": me,
        "shared": [shared, shared],
        "random-state": np.random.RandomState(3),
        "random-generator": np.random.default_rng(3),
        "record-array": records.view(np.recarray),
    }
    with_matrix = np.matrix([[1.0, 2.0], [3.0, 4.0]])
    return values | {"matrix": with_matrix}


HAND_WRITTEN = {
    "dup": b"(]2t.",
    "pop": b"]K\x010.",
    "pop-marks": b"](K\x01K\x02" + b"1(0.",
    "list": b"(K\x01K\x02l.",
    "dict": b"(K\x01K\x02d.",
    "frozen": b"\x80\x04(K\x01K\x01\x91.",
    "memo": b"]p10\nq\x0br\x0c\x00\x00\x00\x94(g10\nh\x0bj\x0c\x00\x00\x00h\x03t.",
    "string": b"S'it\\'s \\x41\\n\\\\'\n.",
    "string-double": b'S"a\'b"\n.',
    "binstring": b"(T\x03\x00\x00\x00abcU\x02deU\x01\xe9t.",
    "unicode": b"V\\u20ac\\U0001f600 \xe9 \\n\n.", "unicode8": b"\x80\x04\x8d\x02\x00\x00\x00\x00\x00\x00\x00ab.",
    "bytes8": b"\x80\x04\x8e\x02\x00\x00\x00\x00\x00\x00\x00ab.",
    "long": b"(L12L\nL-3\nI7\nI00\nI01\nI-99999999999999999999\nt.",
    "longs": b"(\x8a\x00\x8a\x01\xff\x8a\x02\xff\x00\x8b\x02\x00\x00\x00\x00\x80t.",
    "float": b"(F1.5\nF-inf\nFnan\nF1e-05\nt.",
    "longest-integer": b"L" + b"9" * 4300 + b"L\n.",
    "trailing": b"K\x01.and more",
    "setitem": b"}K\x01K\x02s.",
    "append": b"]K\x01a.",
    "global-python-2": b"c__builtin__\nset\n.", "bool-is-not-int": b"(I01\nI1\nt.",
}

# Opcodes that only a reader with help from its caller understands; the tests write them by hand.
WITH_HELP = {"PERSID", "BINPERSID", "EXT1", "EXT2", "EXT4", "NEXT_BUFFER", "READONLY_BUFFER", "INST", "OBJ"}


def write(path, fixtures):
    with open(path, "w") as file:
        for name, data, words in fixtures:
            file.write(f"{name}\t{base64.b64encode(data).decode()}\t{words}\n")
    print(len(fixtures), "fixtures in", path)


def main(out):
    fixtures, opcodes = [], set()

    def add(name, data, value):
        fixtures.append((name, data, Describer()(value)))

    def pickled(name, value, protocols):
        for protocol in protocols:
            data = pickle.dumps(value, protocol)
            opcodes.update(code.name for code, _, _ in pickletools.genops(data))
            add(f"{name}/{protocol}", data, value)

    old_joblib = tuple(map(int, joblib.__version__.split(".")[:2])) < (1, 2)
    if not old_joblib:
        for name, value in python_values().items():
            if np.__version__.startswith("2"):
                pickled(f"python/{name}", value, range(6))
        for name, value in protocol_2_values().items():
            if np.__version__.startswith("2"):
                pickled(f"python/{name}", value, range(2, 6))
        if np.__version__.startswith("2"):
            pickled("python/keyword", Keyword(), [4, 5])
            for name, data in HAND_WRITTEN.items():
                opcodes.update(code.name for code, _, _ in pickletools.genops(data))
                add(f"written/{name}", data, pickle.loads(data, encoding="latin1"))
            missing = {code.name for code in pickletools.opcodes} - opcodes - WITH_HELP
            assert not missing, missing
        for name, value in numpy_values().items():
            brief = name.startswith("numbers")
            pickled(f"numpy/{name}", value, [2] if brief else [0, 5] if "rand" in name else [0, 2, 4, 5])

    grid = np.arange(6.0).reshape(2, 3)
    values = {
        "array": grid,
        "f-order": np.asfortranarray(grid),
        "several": {"a": grid,
        "b": [np.arange(3), "text", np.ones(2, ">f4")]},
        "objects": [np.array(["a", [1], None], dtype=object), grid],
        "object": make(Point, coefficients=grid, fitted=True),
        "empty": np.zeros((0, 2)),
        "records": numpy_values()["records"],
        "strings": np.array(["a", "bc"]),
        "plain": [1, "a"],
    }
    for name, value in values.items():
        for protocol in [2, None]:
            file = io.BytesIO()
            joblib.dump(value, file, protocol=protocol)
            add(f"joblib/{name}/{protocol or 'default'}", file.getvalue(), value)
    for method in ["zlib", "gzip", "bz2", "lzma", "xz", "lz4"]:
        path = out / "temporary"
        joblib.dump(values["several"], path, compress=(method, 3))
        add(f"compressed/{method}", path.read_bytes(), values["several"])
        path.unlink()

    version = ".".join(np.__version__.split(".")[:2])
    write(out / f"numpy-{version}.tsv", fixtures)


main(pathlib.Path(sys.argv[1]))
