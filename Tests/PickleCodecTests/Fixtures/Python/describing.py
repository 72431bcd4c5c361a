"""Python values in words: what make_described.py notes, check_written.py compares, and GraphDescription.swift writes
of the same values.
"""
import collections, struct, sys, types

import numpy as np

MODULE = types.ModuleType("fixtures")
sys.modules["fixtures"] = MODULE


class Point:
    """A plain object."""


class Slots:
    """An object whose state is (None, slots)."""
    __slots__ = ("x", "y")


class Keyword:
    """An object made with keyword arguments."""
    def __new__(cls, *args, **kwargs):
        return object.__new__(cls)

    def __getnewargs_ex__(self):
        return (1, "a"), {"key": 2.5}


class Items(list):
    """A list with attributes of its own."""


class Entries(dict):
    """A dict with attributes of its own."""


for cls in (Point, Slots, Keyword, Items, Entries):
    cls.__module__ = "fixtures"
    setattr(MODULE, cls.__name__, cls)


def make(cls, **attributes):
    value = cls()
    for name, attribute in attributes.items():
        setattr(value, name, attribute)
    return value


# --- In words

def text(value):
    return "'" + "".join(c if 0x20 <= ord(c) < 0x7F and c not in "'\\" else f"\\u{{{ord(c):x}}}" for c in value) + "'"


def number(value):
    return "f" + ("nan" if value != value else struct.pack(">d", value).hex())


def dtype(value):
    if value.names is None:
        return value.str
    fields = [f"{name}:{dtype(value.fields[name][0])}@{value.fields[name][1]}" for name in value.names]
    return f"record{value.itemsize}<{','.join(fields)}>"


def elements(value):
    """The elements in row-major order: numbers, strings, or for other types the bytes."""
    if value.dtype.names is not None:
        return "; ".join(f"{name} {elements(value[name])}" for name in value.dtype.names)
    kind = value.dtype.kind
    if kind in "biuf" and value.dtype.itemsize <= 8:
        return ", ".join(number(float(e)) if kind == "f" else str(int(e)) for e in value.ravel(order="C"))
    if kind == "U":
        return ", ".join(text(str(e)) for e in value.ravel(order="C"))
    return value.tobytes().hex()


class Describer:
    """Numbers each mutable value when it is met first, so that sharing and cycles show.

    With `numbers_arrays`, arrays of other types than object are numbered, too, and told from numpy's scalars.
    """

    def __init__(self, numbers_arrays=False):
        self.seen = {}
        self.numbers_arrays = numbers_arrays

    def __call__(self, value):
        if isinstance(value, (list, dict, set, Point, Slots, Keyword)) and (
                not isinstance(value, collections.OrderedDict)) or (
                isinstance(value, np.ndarray) and (self.numbers_arrays or value.dtype.kind == "O")):
            if id(value) in self.seen:
                return f"#{self.seen[id(value)][0]}"
            self.seen[id(value)] = (len(self.seen), value)
            return f"#{len(self.seen) - 1}{self.content(value)}"
        return self.content(value)

    def many(self, values):
        return ", ".join(self(v) for v in values)

    def entries(self, value):
        return ", ".join(f"{self(k)}: {self(v)}" for k, v in value.items())

    def content(self, value):
        match value:
            case None | bool(): return str(value)
            case np.generic() | np.ndarray() if value.dtype.kind != "O":
                kind = "scalar" if self.numbers_arrays and isinstance(value, np.generic) else "array"
                value = np.asarray(value)
                return f"{kind}({dtype(value.dtype)}, {list(value.shape)}: {elements(value)})"
            case np.ndarray(): return f"objects({list(value.shape)}: {self.many(value.ravel(order='C'))})"
            case np.dtype(): return f"dtype({dtype(value)})"
            case int(): return str(value)
            case float(): return number(value)
            case complex(): return f"complex({number(value.real)}, {number(value.imag)})"
            case str(): return text(value)
            case bytes(): return "b" + value.hex()
            case bytearray(): return "a" + value.hex()
            case tuple(): return f"({self.many(value)})"
            case Items() | Entries() | Point() | Slots() | Keyword(): return self.instance(value)
            case collections.OrderedDict():
                return f"call collections.OrderedDict() entries {{{self.entries(value)}}}"
            case list(): return f"[{self.many(value)}]"
            case dict(): return f"{{{self.entries(value)}}}"
            case set() | frozenset():
                return type(value).__name__ + "{" + ", ".join(sorted(self(v) for v in value)) + "}"
            case type() | types.FunctionType(): return f"global {value.__module__}.{value.__qualname__}"
            case np.random.RandomState() | np.random.Generator():
                function = value.__reduce__()[0]
                return f"opaque {function.__module__}.{function.__qualname__}"
        raise TypeError(type(value))

    def instance(self, value):
        words = f"new fixtures.{type(value).__name__}"
        words += f"(1, 'a', **{self({'key': 2.5})})" if isinstance(value, Keyword) else "()"
        state = {n: getattr(value, n) for n in ("x", "y")} if isinstance(value, Slots) else value.__dict__
        # The order in which the reader's description visits: state, items, entries.
        if isinstance(value, Slots):
            words += f" state (None, {self(state)})"
        elif state:
            words += " state " + self(state)
        if isinstance(value, list):
            words += f" items [{self.many(value)}]"
        if isinstance(value, dict):
            words += f" entries {{{self.entries(value)}}}"
        return words
