public import PickleCodec
public import Tensors

/// A value of a pickle together with where it lies, so that every complaint can name its place.
public struct GraphValue: Sendable {
    /// The graph the value belongs to.
    public let graph: PickleGraph
    /// The value's place in it.
    public let reference: PickleReference
    /// The way to it from the root, e.g. `Pipeline.steps[1].estimators_[0]`.
    public let path: String

    /// How many estimators it lies in.
    let estimatorDepth: Int

    init(graph: PickleGraph, reference: PickleReference, path: String, estimatorDepth: Int = 0) {
        self.graph = graph
        self.reference = reference
        self.path = path
        self.estimatorDepth = estimatorDepth
    }

    /// The value a pickle stands for; its path is its class's name.
    init(root graph: PickleGraph) {
        var path = "pickle"
        if case .object(let object) = graph[graph.root], let name = graph.name(of: object.callable) { path = name.name }
        self.init(graph: graph, reference: graph.root, path: path)
    }

    /// The value itself.
    public var value: PickleValue { graph[reference] }

    func child(_ reference: PickleReference, _ step: String) -> GraphValue {
        GraphValue(graph: graph, reference: reference, path: path + step, estimatorDepth: estimatorDepth)
    }

    /// This value, but within one more estimator.
    func nested() -> GraphValue {
        GraphValue(graph: graph, reference: reference, path: path, estimatorDepth: estimatorDepth + 1)
    }

    /// An error at this value's place.
    func error(_ code: EstimatorError.Code = .malformed, _ message: String) -> EstimatorError {
        EstimatorError(code, at: path, message)
    }

    /// An error that says what was expected and what is there.
    func mismatch(_ expected: String) -> EstimatorError { error(.malformed, "expected \(expected), found \(kind)") }

    /// What the value is, in Python's words.
    var kind: String {
        switch value {
        case .none: "None"
        case .bool: "bool"
        case .integer, .bigInteger: "int"
        case .float: "float"
        case .complex: "complex"
        case .bytes: "bytes"
        case .byteArray: "bytearray"
        case .string: "str"
        case .list: "list"
        case .tuple: "tuple"
        case .dictionary: "dict"
        case .set: "set"
        case .frozenSet: "frozenset"
        case .global(let name): "\(name)"
        case .object(let object): graph.name(of: object.callable).map { "\($0)" } ?? "object"
        case .dtype: "numpy.dtype"
        case .array(let array): "array of shape \(array.shape)"
        case .scalar: "numpy scalar"
        case .objectArray(let shape, _): "object array of shape \(shape)"
        case .persistent: "persistent id"
        case .extensionCode(let code): "extension code \(code)"
        }
    }
}

// MARK: - Scalars

extension GraphValue {
    /// Whether the value is `None`.
    public var isNone: Bool { if case .none = value { true } else { false } }

    /// A `str`, or a numpy string scalar.
    public func string() throws(EstimatorError) -> String {
        switch value {
        case .string(let text): return text
        case .array(let array) where array.count == 1, .scalar(let array):
            if let text = array.strings()?.first { return text }
            throw mismatch("a string")
        default: throw mismatch("a string")
        }
    }

    /// A `bool`, a numpy bool, or 0 or 1, which Python takes for one.
    public func bool() throws(EstimatorError) -> Bool {
        switch value {
        case .bool(let flag): return flag
        case .integer(let number) where number == 0 || number == 1: return number == 1
        case .array(let array) where array.dtype.kind == .bool && array.count == 1,
            .scalar(let array) where array.dtype.kind == .bool:
            return array.bytes.first != 0
        default: throw mismatch("a bool")
        }
    }

    /// An `int`, or a numpy integer.
    public func integer() throws(EstimatorError) -> Int {
        switch value {
        case .integer(let number): return number
        case .array(let array) where array.count == 1, .scalar(let array):
            if let number = array.integers()?.first { return number }
            throw mismatch("an integer")
        default: throw mismatch("an integer")
        }
    }

    /// A `float` or an `int`, of Python or of numpy.
    public func double() throws(EstimatorError) -> Double {
        switch value {
        case .float(let number): return number
        case .integer(let number): return Double(number)
        case .array(let array) where array.count == 1, .scalar(let array):
            if let number = array.doubles()?.first { return number }
            throw mismatch("a number")
        default: throw mismatch("a number")
        }
    }
}

// MARK: - Containers

extension GraphValue {
    /// The elements of a list, a tuple or an object array, each with its place.
    public func elements() throws(EstimatorError) -> [GraphValue] {
        let references: [PickleReference]
        switch value {
        case .list(let items), .tuple(let items): references = items
        case .objectArray(_, let items): references = items
        default: throw mismatch("a list")
        }
        return references.enumerated().map { child($0.element, "[\($0.offset)]") }
    }

    /// A dict's keys and values, each value with its place.
    public func entries() throws(EstimatorError) -> [(key: GraphValue, value: GraphValue)] {
        guard case .dictionary(let entries) = value else { throw mismatch("a dict") }
        return entries.enumerated().map { index, entry in
            let key = child(entry.key, ".keys()[\(index)]")
            if case .string(let name) = key.value { return (key, child(entry.value, "[\(quoted(name))]")) }
            return (key, child(entry.value, ".values()[\(index)]"))
        }
    }

    /// A numpy array of any type but object.
    public func array() throws(EstimatorError) -> NDArray {
        guard let array = value.numpyArray else { throw mismatch("an array") }
        return array
    }

    /// Numbers of a one-dimensional array (or one of shape `[n, 1]` or `[1, n]`), or of a list.
    public func doubles() throws(EstimatorError) -> [Double] {
        switch value {
        case .array(let array), .scalar(let array):
            guard let numbers = array.doubles() else { throw mismatch("an array of numbers") }
            return numbers
        default:
            var numbers: [Double] = []
            for element in try elements() { numbers.append(try element.double()) }
            return numbers
        }
    }

    /// Integers of an array or a list.
    public func integers() throws(EstimatorError) -> [Int] {
        switch value {
        case .array(let array), .scalar(let array):
            guard let numbers = array.integers() else { throw mismatch("an array of integers") }
            return numbers
        default:
            var numbers: [Int] = []
            for element in try elements() { numbers.append(try element.integer()) }
            return numbers
        }
    }

    /// A two-dimensional array of numbers, in row-major order whatever its order in the file.
    public func matrix() throws(EstimatorError) -> Matrix<Double> {
        let array = try array()
        guard array.shape.count == 2, let numbers = array.doubles() else {
            throw mismatch("a two-dimensional array of numbers")
        }
        return Matrix(rowCount: array.shape[0], columnCount: array.shape[1], elements: numbers)
    }

    /// The strings of an array or a list.
    public func strings() throws(EstimatorError) -> [String] {
        if let array = value.numpyArray {
            guard let strings = array.strings() else { throw mismatch("an array of strings") }
            return strings
        }
        var strings: [String] = []
        for element in try elements() { strings.append(try element.string()) }
        return strings
    }

    /// An instance of a class.
    public func object() throws(EstimatorError) -> GraphObject { try GraphObject(self) }

    private func quoted(_ name: String) -> String { "'\(name)'" }
}
