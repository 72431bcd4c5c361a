/// What a split must leave on both of its sides.
package struct LeafLimits: Hashable, Sendable {
    /// The fewest rows; at least 1.
    package var rowCount: Int
    /// The least weight.
    package var weight: Double

    /// Limits of both kinds.
    package init(rowCount: Int, weight: Double) {
        self.rowCount = rowCount
        self.weight = weight
    }
}

/// The best split of a node so far.
package struct BestSplit: BitwiseCopyable, Sendable {
    /// The feature that is compared; negative as long as there is no split.
    package var feature: Int32 = -1
    /// How many of the node's rows go left.
    package var leftCount = 0
    /// Up to which value a row goes left.
    package var threshold = 0.0
    /// Whether missing values go left.
    package var missingGoesLeft = false
    /// A stand-in for the decrease of impurity, greater for a greater one.
    package var merit = -Double.infinity

    /// No split.
    package init() {}
}

/// Values closer than this count as one.
///
/// Source: scikit-learn `tree/_partitioner.pxd`, `FEATURE_THRESHOLD`.
package let featureThreshold: Float = 1e-7

/// Running sums over the targets on both sides of a position among the rows of a node.
///
/// The order of every addition is scikit-learn's, so that sums, impurities and choices between equal splits have the
/// same bits. Source: scikit-learn `tree/_criterion.pyx`.
package protocol SplitSums: ~Copyable {
    /// How many of the node's rows are before the position.
    var position: Int { get }
    /// The weight of the node's rows.
    var nodeWeight: Double { get }
    /// The weight of the rows before the position.
    var leftWeight: Double { get }
    /// The weight of the other rows.
    var rightWeight: Double { get }

    /// Sums over the rows of a node, the position before them all.
    mutating func start(_ samples: borrowing NodeSamples, _ range: Range<Int>)
    /// Puts the position before all rows.
    mutating func reset()
    /// Moves the position forward.
    mutating func move(to position: Int, _ samples: borrowing NodeSamples)
    /// A stand-in for the decrease of impurity by a split at the position, greater for a greater one.
    func merit() -> Double
    /// The impurity of the node that was started with.
    func nodeImpurity() -> Double
    /// The impurities of both sides of the position.
    func childImpurities(_ samples: borrowing NodeSamples) -> (left: Double, right: Double)
    /// The node's values: for each target a number, or a share of the weight for each class.
    func appendValues(to values: inout [Double])
    /// Works out the terms of the node's rows, in their order.
    func fill(_ terms: borrowing NodeTerms, _ samples: borrowing NodeSamples, _ range: Range<Int>)

    /// Improves on the best split with those of a feature by whose values the rows are in order.
    mutating func search(
        _ samples: borrowing NodeSamples, _ pass: SearchPass, _ limits: LeafLimits, _ best: inout BestSplit)
}

/// One way through the rows of a node in the order of a feature.
package struct SearchPass: Sendable {
    /// The node's places among the rows of the tree.
    package var range: Range<Int>
    /// The feature.
    package var feature: Int32
    /// How many of the rows lack a value.
    package var missing: Int
    /// Whether these rows come first and go left; else they come last and go right.
    package var missingGoesLeft: Bool

    /// A pass over the rows in the order of a feature.
    package init(range: Range<Int>, feature: Int32, missing: Int, missingGoesLeft: Bool) {
        self.range = range
        self.feature = feature
        self.missing = missing
        self.missingGoesLeft = missingGoesLeft
    }

    /// The position after a position at which a split is possible, `range.count` if there is none.
    ///
    /// Source: scikit-learn `tree/_partitioner.pyx`, `next_p`.
    @inline(__always)
    func position(after position: Int, _ samples: borrowing NodeSamples) -> Int {
        let end = missingGoesLeft ? range.count : range.count - missing
        if position == end { return range.count }
        var next = (missingGoesLeft && position == 0 ? missing : position) + 1
        while next < end,
            samples.value(range.lowerBound + next) <= samples.value(range.lowerBound + next - 1) + featureThreshold
        {
            next += 1
        }
        return next
    }

    /// Up to which value rows go left if the split is at a position.
    @inline(__always)
    func threshold(at position: Int, _ samples: borrowing NodeSamples) -> Double {
        if position == range.count - missing && !missingGoesLeft { return .infinity }
        let above = range.lowerBound + position
        return Double(samples.value(above - 1)) / 2 + Double(samples.value(above)) / 2
    }
}

extension SplitSums where Self: ~Copyable {
    /// The decrease of impurity by a split at the position, weighted by the node's share of all rows.
    ///
    /// - Parameters:
    ///   - impurities: of the node and of both sides.
    ///   - totalWeight: the weight of all rows of the tree.
    package func improvement(
        of impurity: Double, _ impurities: (left: Double, right: Double), _ totalWeight: Double
    )
        -> Double
    {
        nodeWeight / totalWeight
            * (impurity - rightWeight / nodeWeight * impurities.right - leftWeight / nodeWeight
                * impurities.left)
    }

    /// Every position of a pass in turn; the first of equal ones is kept.
    ///
    /// Source: scikit-learn `tree/_splitter.pyx`, `node_split_best`.
    @inline(__always)
    mutating func searchPositions(
        _ samples: borrowing NodeSamples,
        _ pass: SearchPass,
        _ limits: LeafLimits,
        _ best: inout BestSplit
    ) {
        reset()
        var position = 0
        while true {
            position = pass.position(after: position, samples)
            if position >= pass.range.count { return }
            let rightCount = pass.range.count - position
            if position < limits.rowCount || rightCount < limits.rowCount { continue }
            move(to: position, samples)
            if leftWeight < limits.weight || rightWeight < limits.weight { continue }
            consider(samples, pass, &best)
        }
    }

    /// Improves on the best split with the one at the position.
    @inline(__always)
    func consider(_ samples: borrowing NodeSamples, _ pass: SearchPass, _ best: inout BestSplit) {
        let merit = merit()
        guard merit > best.merit else { return }
        best.feature = pass.feature
        best.leftCount = position
        best.threshold = pass.threshold(at: position, samples)
        best.missingGoesLeft =
            pass.missing == 0 ? position > pass.range.count - position : pass.missingGoesLeft
        best.merit = merit
    }
}
