import PickleCodec
import Tensors

@testable import Estimators

/// A Python value to be pickled, for tests.
indirect enum Python {
    case none
    case bool(Bool)
    case int(Int)
    case float(Double)
    case string(String)
    case list([Python])
    case tuple([Python])
    /// A `float64` array of one dimension.
    case numbers([Double])
    /// An `int32` array of one dimension.
    case integers([Int32])
    /// A `float64` array of two dimensions.
    case matrix([[Double]])
    /// An instance: its class's dotted name, and its attributes.
    case object(String, [String: Python])

    /// The value as the root of a graph.
    var graph: PickleGraph {
        var values: [PickleValue] = []
        let root = append(to: &values)
        return PickleGraph(values: values, root: root, protocolVersion: 4, compression: .none)
    }

    private func append(to values: inout [PickleValue]) -> PickleReference {
        let value: PickleValue
        switch self {
        case .none: value = .none
        case .bool(let flag): value = .bool(flag)
        case .int(let number): value = .integer(number)
        case .float(let number): value = .float(number)
        case .string(let text): value = .string(text)
        case .list(let items): value = .list(items.map { $0.append(to: &values) })
        case .tuple(let items): value = .tuple(items.map { $0.append(to: &values) })
        case .numbers(let numbers): value = Self.array(numbers, .float64, [numbers.count])
        case .integers(let numbers):
            value = Self.array(numbers, DType(kind: .signedInteger, itemSize: 4), [numbers.count])
        case .matrix(let rows):
            value = Self.array(rows.flatMap { $0 }, .float64, [rows.count, rows.first?.count ?? 0])
        case .object(let name, let attributes):
            let parts = name.split(separator: ".")
            let pythonName = PythonName(module: parts.dropLast().joined(separator: "."), name: String(parts.last ?? ""))
            let callable = Self.append(.global(pythonName), to: &values)
            let arguments = Self.append(.tuple([]), to: &values)
            let entries = attributes.sorted { $0.key < $1.key }.map { name, attribute in
                PickleEntry(key: Python.string(name).append(to: &values), value: attribute.append(to: &values))
            }
            var object = PickledObject(construction: .new, callable: callable, arguments: arguments)
            object.state = Self.append(.dictionary(entries), to: &values)
            value = .object(object)
        }
        return Self.append(value, to: &values)
    }

    private static func append(_ value: PickleValue, to values: inout [PickleValue]) -> PickleReference {
        values.append(value)
        return PickleReference(values.count - 1)
    }

    private static func array<Number: BitwiseCopyable>(
        _ numbers: [Number],
        _ type: DType,
        _ shape: [Int]
    ) -> PickleValue {
        let bytes = numbers.withUnsafeBytes { Array($0) }
        return NDArray(dtype: type, shape: shape, bytes: bytes[...]).map(PickleValue.array) ?? .none
    }
}

/// Decodes an object as an estimator of some type.
func decode<Model: Estimator>(_ type: Model.Type, _ attributes: [String: Python]) throws -> Model {
    let object = Python.object("\(Model.pythonClasses[0])", attributes)
    let estimator = try EstimatorRegistry.decode(object.graph)
    guard let model = estimator as? Model else {
        throw EstimatorError(.malformed, at: "test", "decoded \(estimator)")
    }
    return model
}

/// The error of decoding an object.
func decodingError<Model: Estimator>(_ type: Model.Type, _ attributes: [String: Python]) -> EstimatorError? {
    do {
        _ = try decode(type, attributes)
        return nil
    } catch {
        return error as? EstimatorError
    }
}
