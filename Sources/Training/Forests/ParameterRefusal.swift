/// scikit-learn's sentence for a parameter out of its range.
///
/// Source: scikit-learn `utils/_param_validation.py`, `validate_parameter_constraints`.
struct ParameterRefusal {
    /// The class whose parameters they are.
    let className: String

    /// Throws unless a condition holds.
    func require(
        _ holds: Bool, _ name: String, _ range: String, _ value: some CustomStringConvertible
    )
        throws(TrainingError)
    {
        if holds { return }
        throw TrainingError(
            .invalidSetting,
            "The '\(name)' parameter of \(className) must be \(range). Got \(value) instead.")
    }

    /// Throws unless an amount is at least a count, or a share that is allowed.
    func require(
        _ amount: SampleAmount,
        count leastCount: Int,
        share isAllowed: (Double) -> Bool,
        _ name: String,
        _ range: String
    ) throws(TrainingError) {
        switch amount {
        case .count(let count): try require(count >= leastCount, name, range, count)
        case .share(let share): try require(isAllowed(share), name, range, share)
        }
    }

    /// Throws unless `max_features` is in its range.
    func require(_ features: FeatureAmount) throws(TrainingError) {
        let range =
            "an int in the range [1, inf), a float in the range (0.0, 1.0], a str among {'log2', 'sqrt'} or None"
        switch features {
        case .count(let count): try require(count >= 1, "max_features", range, count)
        case .share(let share): try require(share > 0 && share <= 1, "max_features", range, share)
        case .all, .squareRoot, .logarithm: return
        }
    }
}
