import PickleCodec

/// What estimators store in forms of their own.
extension GraphValue {
    /// Numbers of an array or a list, or a number alone.
    func doublesOrNumber() throws(EstimatorError) -> [Double] {
        switch value {
        case .float, .integer, .scalar: [try double()]
        default: try doubles()
        }
    }

    /// The string, if the value is one.
    func stringIfAny() -> String? {
        if case .string(let text) = value { text } else { nil }
    }

    /// The estimators of a list; at least one.
    func estimators() throws(EstimatorError) -> [any Estimator] {
        var estimators: [any Estimator] = []
        for element in try elements() { estimators.append(try EstimatorRegistry.decode(element)) }
        guard !estimators.isEmpty else { throw mismatch("at least one estimator") }
        return estimators
    }
}
