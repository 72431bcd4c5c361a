import PickleCodec
import Tensors

/// The labels of a classifier (`classes_`), in their order: what class index `i` is called.
public enum ClassLabels: Hashable, Sendable {
    /// Integers of any width.
    case int64([Int64])
    /// `float64`, or narrower floats.
    case float64([Double])
    /// `bool`.
    case bool([Bool])
    /// `str`, or objects that are strings.
    case string([String])

    /// The number of classes.
    public var count: Int {
        switch self {
        case .int64(let labels): labels.count
        case .float64(let labels): labels.count
        case .bool(let labels): labels.count
        case .string(let labels): labels.count
        }
    }

    /// The labels at some indices, each of which must be in `0..<count`.
    public func take(_ indices: [Int]) -> ClassLabels {
        switch self {
        case .int64(let labels): .int64(indices.map { labels[$0] })
        case .float64(let labels): .float64(indices.map { labels[$0] })
        case .bool(let labels): .bool(indices.map { labels[$0] })
        case .string(let labels): .string(indices.map { labels[$0] })
        }
    }
}

// MARK: - Decoding

extension ClassLabels {
    /// Reads the labels of one target: an array, an array of objects of one kind, or a list of them.
    ///
    /// - Throws: ``EstimatorError`` if they are not of one kind, or not labels at all.
    public init(from value: GraphValue) throws(EstimatorError) {
        if case .array(let array) = value.value {
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
            self = .bool(labels.map { $0 != 0 })
        case .integer:
            guard let labels = array.integers() else { return nil }
            self = .int64(labels.map(Int64.init))
        case .float:
            guard let labels = array.doubles() else { return nil }
            self = .float64(labels)
        case .string:
            guard let labels = array.strings() else { return nil }
            self = .string(labels)
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
            self = .bool(labels)
        case .integer:
            var labels: [Int64] = []
            for element in elements { labels.append(Int64(try element.integer())) }
            self = .int64(labels)
        case .float:
            var labels: [Double] = []
            for element in elements { labels.append(try element.double()) }
            self = .float64(labels)
        case .string: self = .string(try value.strings())
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
        case .array(let array): return LabelKind(array.dtype)
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
