/// How an isolation forest is fitted: the parameters of scikit-learn's `IsolationForest`.
public struct IsolationForestParameters: Hashable, Sendable {
    /// The number of trees (`n_estimators`); at least 1.
    public var treeCount = 100
    /// How many rows are drawn for a tree (`max_samples`): at most all, or a share of at most 1; nil for 256 or all
    /// (`auto`).
    public var maximumSamples: SampleAmount?
    /// The share of the rows that are taken to be abnormal (`contamination`), at most 0.5; nil for the threshold of the
    /// method's authors (`auto`).
    public var contamination: Double?
    /// How many features are drawn for a tree (`max_features`): at most all, or a share of at most 1.
    public var maximumFeatures = SampleAmount.share(1)
    /// Whether the rows of a tree are drawn with replacement (`bootstrap`).
    public var isBootstrapping = false
    /// Where the random numbers start (`random_state`).
    public var seed: UInt32

    /// The defaults of scikit-learn 1.9.
    public init(seed: UInt32) {
        self.seed = seed
    }
}

extension IsolationForestParameters {
    /// Refuses parameters out of their ranges, in scikit-learn's words.
    ///
    /// Source: scikit-learn `ensemble/_iforest.py`, `_parameter_constraints`.
    func check() throws(TrainingError) {
        let refusal = ParameterRefusal(className: "IsolationForest")
        try refusal.require(treeCount >= 1, "n_estimators", "an int in the range [1, inf)", treeCount)
        if let maximumSamples {
            try refusal.require(
                maximumSamples, count: 1, share: { $0 > 0 && $0 <= 1 }, "max_samples",
                "a str among {'auto'}, an int in the range [1, inf) or a float in the range (0.0, 1.0]")
        }
        if let contamination {
            try refusal.require(
                contamination > 0 && contamination <= 0.5, "contamination",
                "a str among {'auto'} or a float in the range (0.0, 0.5]", contamination)
        }
        try refusal.require(
            maximumFeatures, count: .min, share: { $0 > 0 && $0 <= 1 }, "max_features",
            "an instance of 'int' or a float in the range (0.0, 1.0]")
    }

    /// How many rows are drawn for a tree.
    func drawnRowCount(of rowCount: Int) throws(TrainingError) -> Int {
        let count =
            switch maximumSamples {
            case nil: min(256, rowCount)
            case .count(let count): min(count, rowCount)
            case .share(let share): Int(share * Double(rowCount))
            }
        guard count > 0 else {
            throw TrainingError(
                .invalidInput, "Sample weights must contain at least one non-zero number.")
        }
        return count
    }

    /// How many features are drawn for a tree.
    ///
    /// Source: scikit-learn `ensemble/_bagging.py`, `BaseBagging._fit`.
    func drawnFeatureCount(of featureCount: Int) throws(TrainingError) -> Int {
        switch maximumFeatures {
        case .count(let count) where count > featureCount:
            throw TrainingError(.invalidSetting, "max_features must be <= n_features")
        case .count(let count): return max(1, count)
        case .share(let share): return max(1, Int(share * Double(featureCount)))
        }
    }
}
