import PickleCodec

/// The constructor parameters of an estimator, as `get_params(deep=False)` answers them.
///
/// They are those of the class's ``ConstructorSignature``, in its order: what a pickle of another release has beside
/// them is left out, and what it lacks has its default. Of a pickle they are read when they are asked for, as answering
/// needs few of them, and a model may have thousands of trees with a dozen each.
public struct Parameters: Sendable {
    private enum Source: Sendable {
        case given([String: ParameterValue])
        indirect case stored(GraphObject)
    }

    private let signature: ConstructorSignature
    private let source: Source

    /// The parameters of a class; those that are not given have their defaults.
    ///
    /// - Parameter given: values by name, which must be names of the constructor.
    public init(of className: String, _ given: [String: ParameterValue] = [:]) {
        let signature = ConstructorSignature.of(className)
        for name in given.keys { precondition(signature.names.contains(name), "\(className) has no parameter \(name)") }
        self.signature = signature
        source = .given(given)
    }

    /// The parameters that a pickle holds.
    init(of object: GraphObject) {
        signature = ConstructorSignature.of(object.className.name)
        source = signature.defaults.isEmpty ? .given([:]) : .stored(object)
    }

    /// The value of a parameter; nil if the constructor has none of that name.
    public subscript(_ name: String) -> ParameterValue? {
        guard let index = signature.names.firstIndex(of: name) else { return nil }
        return value(signature.defaults[index])
    }

    /// All parameters in the constructor's order.
    public var entries: [(name: String, value: ParameterValue)] {
        signature.defaults.map { ($0.name, value($0)) }
    }

    private func value(_ parameter: ConstructorSignature.Parameter) -> ParameterValue {
        switch source {
        case .given(let values): values[parameter.name] ?? parameter.value
        case .stored(let object): object.parameter(parameter.name) ?? parameter.value
        }
    }
}

extension Parameters: Hashable {
    /// Whether both have the same names and values, wherever they come from.
    public static func == (left: Parameters, right: Parameters) -> Bool {
        left.entries.elementsEqual(right.entries, by: ==)
    }

    /// Hashes names and values.
    public func hash(into hasher: inout Hasher) {
        for (name, value) in entries {
            hasher.combine(name)
            hasher.combine(value)
        }
    }
}
