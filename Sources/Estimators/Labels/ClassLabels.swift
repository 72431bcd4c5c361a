import PickleCodec
public import Tensors

/// The labels of a classifier (`classes_`), in their order: what class index `i` is called.
public struct ClassLabels: Hashable, Sendable {
    /// Labels of one kind.
    public enum Values: Hashable, Sendable {
        /// Integers of any width.
        case int64([Int64])
        /// `float64`, or narrower floats.
        case float64([Double])
        /// `bool`.
        case bool([Bool])
        /// `str`, or objects that are strings.
        case string([String])
    }

    /// The labels.
    public let values: Values
    /// The element type they were stored in, which scikit-learn's answers have too; nil for the one numpy gives such
    /// values by itself: `int64`, `float64`, `bool`, or strings as long as the longest.
    public let elementType: DType?

    /// Labels of an element type that can hold them.
    init(_ values: Values, elementType: DType? = nil) {
        self.values = values
        self.elementType = elementType == values.naturalType ? nil : elementType
    }

    /// Integers.
    public static func int64(_ labels: [Int64]) -> ClassLabels { ClassLabels(.int64(labels)) }
    /// Floats.
    public static func float64(_ labels: [Double]) -> ClassLabels { ClassLabels(.float64(labels)) }
    /// Booleans.
    public static func bool(_ labels: [Bool]) -> ClassLabels { ClassLabels(.bool(labels)) }
    /// Strings.
    public static func string(_ labels: [String]) -> ClassLabels { ClassLabels(.string(labels)) }

    /// The number of classes.
    public var count: Int {
        switch values {
        case .int64(let labels): labels.count
        case .float64(let labels): labels.count
        case .bool(let labels): labels.count
        case .string(let labels): labels.count
        }
    }

    /// The labels at some indices, each of which must be in `0..<count`.
    public func take(_ indices: [Int]) -> Values {
        switch values {
        case .int64(let labels): .int64(indices.map { labels[$0] })
        case .float64(let labels): .float64(indices.map { labels[$0] })
        case .bool(let labels): .bool(indices.map { labels[$0] })
        case .string(let labels): .string(indices.map { labels[$0] })
        }
    }
}

extension ClassLabels.Values {
    /// The element type that numpy gives an array of such values by itself.
    var naturalType: DType {
        switch self {
        case .int64: .int64
        case .float64: .float64
        case .bool: .bool
        case .string(let labels):
            DType(kind: .unicode, itemSize: 4 * max(1, labels.map(\.unicodeScalars.count).max() ?? 1))
        }
    }
}

// MARK: - Decoding

extension ClassLabels {
    /// Reads the labels of one target: an array, an array of objects of one kind, or a list of them.
    ///
    /// - Throws: ``EstimatorError`` if they are not of one kind, or not labels at all.
    public init(from value: GraphValue) throws(EstimatorError) {
        if let array = value.value.numpyArray {
            guard let labels = ClassLabels(array) else { throw value.mismatch("an array of labels") }
            self = labels
        } else {
            self = try ClassLabels(elements: value)
        }
    }

    /// Reads the labels of one or several targets: one array, or a list of an array for each target.
    public static func perTarget(from value: GraphValue) throws(EstimatorError) -> [ClassLabels] {
        guard case .list = value.value else { return [try ClassLabels(from: value)] }
        var targets: [ClassLabels] = []
        for element in try value.elements() { targets.append(try ClassLabels(from: element)) }
        return targets
    }

    private init?(_ array: NDArray) {
        switch LabelKind(array.dtype) {
        case .bool:
            guard let labels = array.integers() else { return nil }
            self.init(.bool(labels.map { $0 != 0 }), elementType: array.dtype)
        case .integer:
            guard let labels = array.integers() else { return nil }
            self.init(.int64(labels.map(Int64.init)), elementType: array.dtype)
        case .float:
            guard let labels = array.doubles() else { return nil }
            self.init(.float64(labels), elementType: array.dtype)
        case .string:
            guard let labels = array.strings() else { return nil }
            self.init(.string(labels), elementType: array.dtype)
        case nil: return nil
        }
    }

    /// Labels stored as Python objects; numpy scalars among them are arrays without dimensions.
    private init(elements value: GraphValue) throws(EstimatorError) {
        let elements = try value.elements()
        switch elements.first?.labelKind {
        case .bool:
            var labels: [Bool] = []
            for element in elements { labels.append(try element.bool()) }
            self.init(.bool(labels), elementType: .object)
        case .integer:
            var labels: [Int64] = []
            for element in elements { labels.append(Int64(try element.integer())) }
            self.init(.int64(labels), elementType: .object)
        case .float:
            var labels: [Double] = []
            for element in elements { labels.append(try element.double()) }
            self.init(.float64(labels), elementType: .object)
        case .string: self.init(.string(try value.strings()), elementType: .object)
        case nil: throw value.mismatch("labels")
        }
    }
}

extension GraphValue {
    /// What kind of label the value is; nil if it is none.
    fileprivate var labelKind: LabelKind? {
        switch value {
        case .bool: return .bool
        case .integer: return .integer
        case .float: return .float
        case .string: return .string
        case .array(let array), .scalar(let array): return LabelKind(array.dtype)
        default: return nil
        }
    }
}

/// The kinds of ``ClassLabels``.
private enum LabelKind {
    case bool, integer, float, string

    /// The kind of labels of a numpy element type; nil if it is for none.
    init?(_ type: DType) {
        switch type.kind {
        case .bool: self = .bool
        case .signedInteger, .unsignedInteger: self = .integer
        case .float: self = .float
        case .unicode: self = .string
        default: return nil
        }
    }
}
