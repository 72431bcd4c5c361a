import Estimators

extension FitRecord {
    /// The number of columns of a row, on which `n_features_in_` and all fitted arrays must agree.
    ///
    /// - Parameter arrays: the number of columns of each fitted array, by attribute; nil if it is not there.
    /// - Throws: ``InferenceError/Code/invalidModel`` naming the attribute that differs.
    func columnCount(agreeingWith arrays: KeyValuePairs<String, Int?>) throws(InferenceError) -> Int {
        var known = featureCount.map { (name: "n_features_in_", count: $0) }
        for (name, count) in arrays {
            guard let count else { continue }
            if let known, known.count != count {
                throw invalid("\(name) has \(count) columns, but \(known.name) says \(known.count)")
            }
            known = known ?? (name, count)
        }
        guard let known else { throw invalid("nothing says how many columns it takes") }
        guard known.count > 0 else { throw invalid("\(known.name) says that it takes \(known.count) columns") }
        return known.count
    }

    /// Refuses the fitted state if two numbers that must be equal are not.
    func require(_ name: String, _ count: Int, is expected: Int) throws(InferenceError) {
        guard count == expected else { throw invalid("\(name) is \(count), but must be \(expected)") }
    }

    /// An error about the fitted state.
    func invalid(_ message: String) -> InferenceError {
        InferenceError(.invalidModel, "\(className): \(message)")
    }
}
