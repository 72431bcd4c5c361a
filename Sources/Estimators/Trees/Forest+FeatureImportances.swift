extension Forest {
    /// Per column, how much its splits lower the impurity, as a share of what all splits do: the mean over the trees
    /// that have splits, 0 everywhere if there are none; nil if the trees do not tell their impurities.
    ///
    /// Source: scikit-learn `ensemble/_forest.py`, `feature_importances_`.
    public var featureImportances: [Double]? {
        guard let featureCount = fit.featureCount ?? trees.first?.tree.featureCount else { return nil }
        var sums = [Double](repeating: 0, count: featureCount)
        var splitTreeCount = 0
        for tree in trees.lazy.map(\.tree) where tree.nodeCount > 1 {
            guard let decreases = tree.impurityDecreases, decreases.count == featureCount else { return nil }
            for column in sums.indices { sums[column] += decreases[column] }
            splitTreeCount += 1
        }
        guard splitTreeCount > 0 else { return sums }
        return sums.map { $0 / Double(splitTreeCount) }.scaledToOne
    }
}

extension Tree {
    /// Per column, the share of its splits in what the tree lowers the impurity by; nil if that is not known.
    ///
    /// Source: scikit-learn `tree/_tree.pyx`, `compute_feature_importances`.
    fileprivate var impurityDecreases: [Double]? {
        guard let statistics else { return nil }
        let (impurity, weight) = (statistics.impurity, statistics.weightedSampleCount)
        let weighted = { (node: Int) in weight[node] * impurity[node] }
        var sums = [Double](repeating: 0, count: featureCount)
        for node in 0..<nodeCount where leftChild[node] >= 0 {
            let (left, right) = (Int(leftChild[node]), Int(rightChild[node]))
            guard max(left, right) < nodeCount, right >= 0, sums.indices.contains(Int(feature[node])) else {
                return nil
            }
            sums[Int(feature[node])] += weighted(node) - weighted(left) - weighted(right)
        }
        return sums.map { $0 / weight[0] }.scaledToOne
    }
}

extension [Double] {
    /// The numbers over their sum, if that is above zero.
    fileprivate var scaledToOne: [Double] {
        let sum = reduce(0, +)
        return sum > 0 ? map { $0 / sum } : self
    }
}
