public import PickleCodec
import Tensors

/// What an estimator's constructor was given for one parameter: data, of which nothing is ever executed.
public enum ParameterValue: Hashable, Sendable {
    /// `None`.
    case null
    /// `True` or `False`.
    case bool(Bool)
    /// An `int`.
    case integer(Int)
    /// A `float`.
    case float(Double)
    /// A `str`.
    case string(String)
    /// A `tuple`.
    case tuple([ParameterValue])
    /// Anything else as a pickle described it: a `dict` of class weights, an array, a numpy scalar, a `RandomState`.
    case recorded(PickleGraph)
}

extension ParameterValue {
    /// How many tuples may lie within each other before the outermost is kept as ``recorded(_:)``.
    private static let maximumTupleDepth = 4

    /// A value of a pickle.
    init(_ reference: PickleReference, of graph: PickleGraph, depth: Int = 0) {
        switch graph[reference] {
        case .none: self = .null
        case .bool(let flag): self = .bool(flag)
        case .integer(let number): self = .integer(number)
        case .float(let number): self = .float(number)
        case .string(let text): self = .string(text)
        case .tuple(let items) where depth < Self.maximumTupleDepth:
            self = .tuple(items.map { ParameterValue($0, of: graph, depth: depth + 1) })
        default: self = .recorded(graph.part(at: reference))
        }
    }

    /// The number, if the value is an `int` of Python or of numpy.
    public var integer: Int? {
        switch self {
        case .integer(let number): number
        case .recorded(let graph): graph[graph.root].numpyArray?.integers()?.first
        default: nil
        }
    }

    /// The number, if the value is a number of Python or of numpy.
    public var double: Double? {
        switch self {
        case .integer(let number): Double(number)
        case .float(let number): number
        case .recorded(let graph): graph[graph.root].numpyArray?.doubles()?.first
        default: nil
        }
    }

    /// The text, if the value is a `str`.
    public var string: String? { if case .string(let text) = self { text } else { nil } }

    /// Whether Python takes the value for true, if it is a flag or a number.
    public var isTrue: Bool { if case .bool(let flag) = self { flag } else { double.map { $0 != 0 } ?? false } }
}

// MARK: - Literals

extension ParameterValue: ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByStringLiteral, ExpressibleByArrayLiteral
{
    /// `True` or `False`.
    public init(booleanLiteral flag: Bool) { self = .bool(flag) }
    /// An `int`.
    public init(integerLiteral number: Int) { self = .integer(number) }
    /// A `float`.
    public init(floatLiteral number: Double) { self = .float(number) }
    /// A `str`.
    public init(stringLiteral text: String) { self = .string(text) }
    /// A `tuple`.
    public init(arrayLiteral items: ParameterValue...) { self = .tuple(items) }
}
