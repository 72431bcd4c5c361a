import Kernels

/// How a random forest is fitted: the parameters of scikit-learn's `RandomForestRegressor` and
/// `RandomForestClassifier`.
public struct RandomForestParameters: Hashable, Sendable {
    /// How the splits of nodes are found.
    public enum Splitter: String, Hashable, Sendable, CaseIterable {
        /// All of them are looked at, as scikit-learn does: the trees are its own.
        case exact
        /// Values are divided into at most 255 bins a feature, about equally full, and the splits between bins are
        /// looked at: trees like scikit-learn's, and sooner. No value may be missing.
        case histogram
    }

    /// The number of trees (`n_estimators`); at least 1.
    public var treeCount = 100
    /// The depth at which nodes become leaves (`max_depth`), at least 1; nil for no limit.
    public var maximumDepth: Int?
    /// The fewest rows of a node that is split (`min_samples_split`): a count of at least 2, or a share above 0.
    public var minimumSamplesSplit = SampleAmount.count(2)
    /// The fewest rows on either side of a split (`min_samples_leaf`): a count of at least 1, or a share above 0.
    public var minimumSamplesLeaf = SampleAmount.count(1)
    /// The least weight on either side of a split, as a share of all weight (`min_weight_fraction_leaf`); at most 0.5.
    public var minimumWeightFractionLeaf = 0.0
    /// How many features are drawn for a node (`max_features`); nil for scikit-learn's defaults: all for a regressor,
    /// the square root of their number for a classifier.
    public var maximumFeatures: FeatureAmount?
    /// The least decrease of impurity by a split (`min_impurity_decrease`); not negative.
    public var minimumImpurityDecrease = 0.0
    /// Whether each tree grows from rows drawn with replacement (`bootstrap`); else from all rows.
    public var isBootstrapping = true
    /// How many rows are drawn for a tree (`max_samples`); nil for as many as there are.
    public var maximumSamples: SampleAmount?
    /// How the splits of nodes are found.
    public var splitter = Splitter.exact
    /// Where the random numbers start (`random_state`).
    public var seed: UInt32

    /// The defaults of scikit-learn 1.9.
    public init(seed: UInt32) {
        self.seed = seed
    }
}

extension RandomForestParameters {
    /// Refuses parameters out of their ranges, in scikit-learn's words.
    ///
    /// Source: scikit-learn `ensemble/_forest.py`, `tree/_classes.py`: `_parameter_constraints`.
    func check(_ className: String) throws(TrainingError) {
        let refusal = ParameterRefusal(className: className)
        try refusal.require(treeCount >= 1, "n_estimators", "an int in the range [1, inf)", treeCount)
        if let maximumDepth {
            try refusal.require(
                maximumDepth >= 1, "max_depth", "an int in the range [1, inf) or None", maximumDepth)
        }
        try refusal.require(
            minimumSamplesSplit, count: 2, share: { $0 > 0 && $0 <= 1 }, "min_samples_split",
            "an int in the range [2, inf) or a float in the range (0.0, 1.0]")
        try refusal.require(
            minimumSamplesLeaf, count: 1, share: { $0 > 0 && $0 < 1 }, "min_samples_leaf",
            "an int in the range [1, inf) or a float in the range (0.0, 1.0)")
        try refusal.require(
            (0...0.5).contains(minimumWeightFractionLeaf), "min_weight_fraction_leaf",
            "a float in the range [0.0, 0.5]", minimumWeightFractionLeaf)
        if let maximumFeatures { try refusal.require(maximumFeatures) }
        try refusal.require(
            minimumImpurityDecrease >= 0 && minimumImpurityDecrease.isFinite, "min_impurity_decrease",
            "a float in the range [0.0, inf)", minimumImpurityDecrease)
        guard let maximumSamples else { return }
        try refusal.require(
            maximumSamples, count: 1, share: { $0 > 0 && $0.isFinite }, "max_samples",
            "None, a float in the range (0.0, inf) or an int in the range [1, inf)")
        if !isBootstrapping {
            throw TrainingError(
                .invalidSetting,
                "`max_sample` cannot be set if `bootstrap=False`. Either switch to `bootstrap=True` or set "
                    + "`max_sample=None`.")
        }
    }

    /// How many rows are drawn for a tree; nil if none are drawn and it grows from all.
    ///
    /// Source: scikit-learn `ensemble/_bootstrap.py`, `_get_n_samples_bootstrap`.
    ///
    /// - Parameter weight: of all rows.
    func drawnRowCount(of rowCount: Int, weight: Double) throws(TrainingError) -> Int? {
        guard isBootstrapping else { return nil }
        switch maximumSamples {
        case nil: return rowCount
        case .count(let count): return try bounded(Double(count))
        case .share(let share): return try bounded(max(1, share * weight))
        }
    }

    private func bounded(_ count: Double) throws(TrainingError) -> Int {
        guard count <= Double(Int32.max) else {
            throw TrainingError(
                .invalidSetting, "max_samples draws \(count) rows for a tree, more than it can number.")
        }
        return Int(count)
    }

    /// The rules for trees that grow from some rows.
    ///
    /// - Parameter weight: of all rows.
    func rules(rowCount: Int, featureCount: Int, features: FeatureAmount, weight: Double)
        -> GrowthRules
    {
        var rules = GrowthRules(splitter: .best, drawnFeatureCount: features.resolved(of: featureCount))
        if let maximumDepth { rules.maximumDepth = maximumDepth }
        rules.splitCount = max(minimumSamplesSplit.rounded(of: rowCount), 2)
        // One row more than there are is as good as any larger number, and can be doubled.
        rules.leaf.rowCount = min(max(minimumSamplesLeaf.rounded(of: rowCount), 1), rowCount + 1)
        rules.leaf.weight = minimumWeightFractionLeaf * weight
        rules.improvement = minimumImpurityDecrease
        return rules
    }
}

extension SampleAmount {
    /// The number of rows, a share being rounded up.
    fileprivate func rounded(of rowCount: Int) -> Int {
        switch self {
        case .count(let count): count
        case .share(let share): Int((share * Double(rowCount)).rounded(.up))
        }
    }
}
