/// How many of some rows.
public enum SampleAmount: Hashable, Sendable {
    /// That many.
    case count(Int)
    /// That share of them.
    case share(Double)
}

/// How many of the features are drawn for a node (`max_features`).
public enum FeatureAmount: Hashable, Sendable {
    /// All of them, in a random order.
    case all
    /// The square root of their number, rounded down (`sqrt`).
    case squareRoot
    /// The logarithm to base 2 of their number, rounded down (`log2`).
    case logarithm
    /// That many; all if there are not as many.
    case count(Int)
    /// That share of them, rounded down.
    case share(Double)

    /// The number of features, at least 1 and at most all.
    ///
    /// Source: scikit-learn `tree/_classes.py`, `BaseDecisionTree._fit`.
    func resolved(of featureCount: Int) -> Int {
        switch self {
        case .all: featureCount
        case .squareRoot: max(1, Int(Double(featureCount).squareRoot()))
        case .logarithm: max(1, Int.bitWidth - 1 - featureCount.leadingZeroBitCount)
        case .count(let count): min(count, featureCount)
        case .share(let share): max(1, Int(share * Double(featureCount)))
        }
    }
}
