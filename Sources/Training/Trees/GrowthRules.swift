import Kernels

/// When nodes become leaves, and how they are split otherwise: scikit-learn's parameters, worked out for some rows.
struct GrowthRules: Hashable, Sendable {
    /// How a feature's threshold is found.
    enum Splitter: Hashable, Sendable {
        /// The best of all thresholds.
        case best
        /// One drawn at random.
        case random
    }

    /// How a feature's threshold is found.
    var splitter: Splitter
    /// How many features are drawn for a node (`max_features_`).
    var drawnFeatureCount: Int
    /// The depth at which every node is a leaf.
    var maximumDepth = Int(Int32.max)
    /// The fewest rows of a node that is split.
    var splitCount = 2
    /// What a split leaves on both sides.
    var leaf = LeafLimits(rowCount: 1, weight: 0)
    /// The least decrease of impurity of a split.
    var improvement = 0.0

    /// Whether a node is a leaf without being looked at any further.
    func isLeaf(depth: Int, count: Int, weight: Double, impurity: Double) -> Bool {
        depth >= maximumDepth || count < splitCount || count < 2 * leaf.rowCount
            || weight < 2 * leaf.weight
            || impurity <= Double.ulpOfOne
    }
}
