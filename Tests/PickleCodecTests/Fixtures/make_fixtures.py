"""Writes the pickles that the tests of PickleCodec read, named after the numpy of the interpreter that runs it.

    python Tests/PickleCodecTests/Fixtures/make_fixtures.py

Run it once with numpy 1 and once with numpy 2. The compressed joblib files come from the latter.
"""

import bz2
import gzip
import pathlib
import pickle

import joblib
import numpy

FOLDER = pathlib.Path(__file__).parent
GENERATION = "numpy" + numpy.__version__.split(".")[0]


def values():
    shared = ["shared"]
    cycle = [1]
    cycle.append(cycle)
    return [
        None, True, False,
        0, 255, 65535, -1, 2**31 - 1, -(2**31), 2**63 - 1, -(2**63), 2**63, -(2**100),
        0.1, -0.0, float("inf"), 1.5 - 2j,
        b"", b"\x00\xff", bytearray(b"ba"),
        "text", "\u00fc \u20ac \U0001f600 \\ \n",
        [], [1, 2], (), (1,), (1, 2), (1, 2, 3), (1, 2, 3, 4), {}, {"a": 1, 2: None}, {7}, frozenset({8}),
        shared, shared, cycle, dict,
    ]


def arrays():
    record = numpy.dtype([("left", "<i8"), ("share", ">f4"), ("flag", "u1")], align=True)
    numbers = numpy.arange(6)
    result = {
        code: numpy.array([0, 1, 2], code)
        for code in ("?", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8", ">i4", ">f8", ">u2", "c16")
    }
    result.update({
        "fortran2": numpy.asfortranarray(numbers.reshape(2, 3)),
        "fortran3": numpy.asfortranarray(numpy.arange(24).reshape(2, 3, 4)),
        "strided": numbers[::2],
        "empty": numpy.empty((0, 3)),
        "scalar": numpy.float64(2.5),
        "dimensionless": numpy.array(7),
        "unicode": numpy.array(["a", "\u00fc\u20ac", ""]),
        "unicode big": numpy.array(["ab", "c"], ">U2"),
        "bytes": numpy.array([b"a", b"bcd"]),
        "datetime": numpy.array(["2026-11-21"], "M8[s]"),
        "timedelta": numpy.array([3], "m8[10ms]"),
        "date": numpy.datetime64("1970-01-03"),
        "record": numpy.array([(1, 0.5, 2), (3, -0.5, 4)], record),
        "object": numpy.array([["x", 1], [None, 2.5]], object),
        "object fortran": numpy.asfortranarray(numpy.array([["a", "b", "c"], ["d", "e", "f"]], object)),
        "text": numpy.str_("name"),
        "true": numpy.bool_(True),
    })
    return result


def write(name, content):
    (FOLDER / name).write_bytes(content)


def write_values():
    for protocol in range(6):
        write(f"values-{protocol}.pickle", pickle.dumps(values(), protocol))


def write_compressed():
    array = {"a": numpy.arange(5.0), "o": numpy.array(["x", None], object)}
    for name, compress in [
        ("plain", 0), ("zlib", ("zlib", 3)), ("gzip", ("gzip", 3)), ("bz2", ("bz2", 3)), ("lzma", ("lzma", 3)),
        ("xz", ("xz", 3)), ("lz4", ("lz4", 3)),
    ]:
        joblib.dump(array, FOLDER / f"{name}.joblib", compress=compress)
    write_bombs()
    halves = pickle.dumps("concatenated", 4)
    write("members.gz", gzip.compress(b"") + gzip.compress(halves[:9]) + gzip.compress(b"") + gzip.compress(halves[9:]))
    write("streams.bz2", bz2.compress(b"") + bz2.compress(halves[:9]) + bz2.compress(b"") + bz2.compress(halves[9:]))


def write_bombs():
    """Half a megabyte of zeros each."""
    for compression in ("zlib", "gzip", "bz2", "lzma", "xz", "lz4"):
        joblib.dump(bytes(500_000), FOLDER / f"bomb.{compression}", compress=(compression, 9))


def main():
    for protocol in (2, 5):
        write(f"arrays-{GENERATION}-{protocol}.pickle", pickle.dumps(arrays(), protocol))
    joblib.dump(arrays(), FOLDER / f"arrays-{GENERATION}.joblib")
    random = [numpy.random.RandomState(1), numpy.random.default_rng(1)]
    write(f"random-{GENERATION}.pickle", pickle.dumps(random, 4))
    if GENERATION == "numpy2":
        write_values()
        write_compressed()


if __name__ == "__main__":
    main()
