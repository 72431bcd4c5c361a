extension PythonName {
    /// The name of the same thing in Python 3: up to protocol 2, pickles use the names of Python 2.
    ///
    /// Source: CPython `Lib/_compat_pickle.py`, as far as its own objects need it.
    var inPython3: PythonName {
        switch module {
        case "copy_reg": return PythonName(module: "copyreg", name: name)
        case "__builtin__":
            let names = ["long": "int", "unicode": "str", "xrange": "range", "unichr": "chr"]
            return PythonName(module: "builtins", name: names[name] ?? name)
        default: return self
        }
    }
}
