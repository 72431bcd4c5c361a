public import Tensors

/// What a method answered for all rows: an array as scikit-learn would return it.
public struct Output: Hashable, Sendable {
    /// The extent of each dimension, rows first: `[rows]` or `[rows, columns]`.
    public let shape: [Int]
    /// The elements, row-major, in scikit-learn's own element type.
    public let values: OutputValues

    /// An array; the number of values must be that of the shape.
    public init(shape: [Int], values: OutputValues) {
        precondition(values.count == shape.reduce(1, *))
        self.shape = shape
        self.values = values
    }

    /// Numbers, one a row.
    public init(_ column: [Double]) { self.init(shape: [column.count], values: .float64(column)) }

    /// A matrix of numbers.
    public init(_ matrix: Matrix<Double>) {
        self.init(shape: [matrix.rowCount, matrix.columnCount], values: .float64(matrix.elements))
    }
}

/// The elements of an ``Output``.
public enum OutputValues: Hashable, Sendable {
    /// `float64`.
    case float64([Double])
    /// `int64`.
    case int64([Int64])
    /// `bool`.
    case bool([Bool])
    /// `str` (or objects that are strings).
    case string([String])

    /// The number of elements.
    public var count: Int {
        switch self {
        case .float64(let values): values.count
        case .int64(let values): values.count
        case .bool(let values): values.count
        case .string(let values): values.count
        }
    }
}

extension OutputValues {
    /// The elements, if they are `float64`.
    var float64: [Double]? { if case .float64(let values) = self { values } else { nil } }
    /// The elements, if they are `int64`.
    var int64: [Int64]? { if case .int64(let values) = self { values } else { nil } }
    /// The elements, if they are `bool`.
    var bool: [Bool]? { if case .bool(let values) = self { values } else { nil } }
    /// The elements, if they are strings.
    var string: [String]? { if case .string(let values) = self { values } else { nil } }
}

/// The answer of one method: an array, or for the probabilities of several targets one array each.
public enum Answer: Hashable, Sendable {
    /// One array.
    case array(Output)
    /// One array per target, as multi-output classifiers return them.
    case perTarget([Output])
}
