extension PythonName {
    /// The name of the same thing in Python 3: up to protocol 2, pickles use the names of Python 2.
    ///
    /// Source: CPython `Lib/_compat_pickle.py`, as far as its own objects need it.
    var inPython3: PythonName {
        switch module {
        case "copy_reg": return PythonName(module: "copyreg", name: name)
        case "__builtin__":
            return PythonName(module: "builtins", name: builtinInPython3)
        default: return self
        }
    }

    // Comparisons, not a dictionary: names may be megabytes long, and be named again and again.
    private var builtinInPython3: String {
        switch name {
        case "long": "int"
        case "unicode": "str"
        case "xrange": "range"
        case "unichr": "chr"
        default: name
        }
    }
}
