import Tensors

/// Builds a graph by hand, from its leaves to its root.
///
/// A reference that is used twice makes a shared value. Classes, functions and element types are one value each,
/// however often they are added.
public struct PickleGraphBuilder: Sendable {
    private var values: [PickleValue] = []
    private var globals: [PythonName: PickleReference] = [:]
    private var types: [DType: PickleReference] = [:]
    private var names: [String: PickleReference] = [:]

    /// A builder without values.
    public init() {}

    /// Adds a value that refers to values added before.
    public mutating func add(_ value: PickleValue) -> PickleReference {
        switch value {
        case .global(let name): return Self.reference(name, in: &globals, value, &values)
        case .dtype(let type): return Self.reference(type, in: &types, value, &values)
        default:
            values.append(value)
            return PickleReference(values.count - 1)
        }
    }

    /// Adds an instance of a class, with its attributes in their order.
    public mutating func addObject(
        _ name: PythonName,
        attributes: [(name: String, value: PickleReference)]
    ) -> PickleReference {
        let callable = add(.global(name))
        var object = PickledObject(construction: .new, callable: callable, arguments: add(.tuple([])))
        object.state = addDictionary(attributes)
        return add(.object(object))
    }

    /// Adds a `dict` of text keys; equal keys of all dicts are one value, as Python shares the names of attributes.
    public mutating func addDictionary(_ entries: [(name: String, value: PickleReference)]) -> PickleReference {
        let entries = entries.map { name, value in
            PickleEntry(key: Self.reference(name, in: &names, .string(name), &values), value: value)
        }
        return add(.dictionary(entries))
    }

    /// Adds what a reference of another graph stands for and all it holds; shared and cyclic values stay so.
    public mutating func copy(_ reference: PickleReference, of graph: PickleGraph) -> PickleReference {
        var copy = Copy(graph: graph)
        let root = place(reference, &copy)
        while let (old, new) = copy.pending.popLast() {
            let value = graph[old].mapReferences { place($0, &copy) }
            values[new.index] = value
        }
        return root
    }

    /// How far copying a graph has come.
    private struct Copy {
        let graph: PickleGraph
        var places: [PickleReference: PickleReference] = [:]
        /// Values that have a place and are not there yet.
        var pending: [(old: PickleReference, new: PickleReference)] = []
    }

    /// Where a value of the other graph is, or will be.
    private mutating func place(_ old: PickleReference, _ copy: inout Copy) -> PickleReference {
        let value = copy.graph[old]
        if value.isAtom { return add(value) }
        if let known = copy.places[old] { return known }
        values.append(.none)
        let new = PickleReference(values.count - 1)
        copy.places[old] = new
        copy.pending.append((old, new))
        return new
    }

    /// Hands over the graph of a value and all that was added, and begins anew.
    public mutating func finish(root: PickleReference) -> PickleGraph {
        let values = self.values
        self = PickleGraphBuilder()
        return PickleGraph(values: values, root: root, protocolVersion: 4, compression: .none)
    }

    private static func reference<Key: Hashable>(
        _ key: Key,
        in known: inout [Key: PickleReference],
        _ value: PickleValue,
        _ values: inout [PickleValue]
    ) -> PickleReference {
        if let reference = known[key] { return reference }
        values.append(value)
        let reference = PickleReference(values.count - 1)
        known[key] = reference
        return reference
    }
}

extension PickleGraph {
    /// What a reference stands for and all it holds, as a graph of its own.
    ///
    /// Values are numbered as they are met, so parts that describe the same are equal, wherever they were taken from.
    public func part(at reference: PickleReference) -> PickleGraph {
        var builder = PickleGraphBuilder()
        let root = builder.copy(reference, of: self)
        return builder.finish(root: root)
    }
}

extension PickleValue {
    /// Whether nobody can tell one value of this kind from another equal one, so that sharing it means nothing.
    var isAtom: Bool {
        switch self {
        case .none, .bool, .integer, .float, .global, .dtype, .extensionCode: true
        case .tuple(let items): items.isEmpty
        default: false
        }
    }

    /// The value with other references.
    func mapReferences(_ map: (PickleReference) -> PickleReference) -> PickleValue {
        switch self {
        case .list(let items): .list(items.map(map))
        case .tuple(let items): .tuple(items.map(map))
        case .set(let items): .set(items.map(map))
        case .frozenSet(let items): .frozenSet(items.map(map))
        case .dictionary(let entries): .dictionary(entries.map { $0.mapReferences(map) })
        case .objectArray(let shape, let elements): .objectArray(shape: shape, elements: elements.map(map))
        case .persistent(let identifier): .persistent(map(identifier))
        case .object(let object): .object(object.mapReferences(map))
        default: self
        }
    }
}

extension PickleEntry {
    fileprivate func mapReferences(_ map: (PickleReference) -> PickleReference) -> PickleEntry {
        let key = map(key)
        return PickleEntry(key: key, value: map(value))
    }
}

extension PickledObject {
    fileprivate func mapReferences(_ map: (PickleReference) -> PickleReference) -> PickledObject {
        let callable = map(callable)
        let arguments = map(arguments)
        let keywords = keywordArguments.map(map)
        var object = PickledObject(
            construction: construction, callable: callable, arguments: arguments, keywordArguments: keywords)
        object.items = items.map(map)
        object.entries = entries.map { $0.mapReferences(map) }
        object.state = state.map(map)
        return object
    }
}
