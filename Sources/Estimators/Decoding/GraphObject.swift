public import PickleCodec

/// An instance in a pickle: its class and its attributes by name.
public struct GraphObject: Sendable {
    /// The class, as the pickle names it.
    public let className: PythonName
    /// What was recorded of the instance.
    public let recorded: PickledObject
    /// Where it lies.
    public let value: GraphValue
    private let attributes: [String: PickleReference]

    init(_ value: GraphValue) throws(EstimatorError) {
        guard case .object(let recorded) = value.value, let name = value.graph.name(of: recorded.callable) else {
            throw value.mismatch("an object")
        }
        className = name
        self.recorded = recorded
        self.value = value
        var attributes: [String: PickleReference] = [:]
        if let state = recorded.state, case .dictionary(let entries) = value.graph[state] {
            attributes.reserveCapacity(entries.count)
            for entry in entries {
                if case .string(let key) = value.graph[entry.key] { attributes[key] = entry.value }
            }
        }
        self.attributes = attributes
    }

    /// The way to the object from the root.
    public var path: String { value.path }

    /// The names of all attributes, sorted.
    public var attributeNames: [String] { attributes.keys.sorted() }

    /// An attribute that must be there; a name that ends in `_` is fitted state.
    public subscript(_ name: String) -> GraphValue {
        get throws(EstimatorError) {
            if let reference = attributes[name] { return value.child(reference, ".\(name)") }
            if name.hasSuffix("_") {
                throw EstimatorError(.notFitted, at: path, "this \(className.name) is not fitted: it has no \(name)")
            }
            throw EstimatorError(.malformed, at: path, "\(className.name) has no attribute \(name)")
        }
    }

    /// An attribute that may be absent; absent and `None` are the same.
    public func optional(_ name: String) throws(EstimatorError) -> GraphValue? {
        guard let reference = attributes[name] else { return nil }
        let attribute = value.child(reference, ".\(name)")
        return attribute.isNone ? nil : attribute
    }

    /// A constructor parameter; nil if absent.
    func parameter(_ name: String) -> ParameterValue? {
        attributes[name].map { ParameterValue($0, of: value.graph) }
    }

    /// A positional argument of the construction.
    public func argument(_ index: Int) throws(EstimatorError) -> GraphValue {
        let arguments = try value.child(recorded.arguments, ".args").elements()
        guard index < arguments.count else {
            throw EstimatorError(.malformed, at: path, "\(className.name) was built from \(arguments.count) arguments")
        }
        return arguments[index]
    }
}
