import Kernels

/// Finds the split that ``BestSplitter`` finds, without putting a node's rows in the order of each feature.
///
/// Rows are sorted once. The splits of all features drawn are estimated, and only those that may be the best are worked
/// out. For that, and for the node's children, rows must lie as scikit-learn's sorts leave them: sorting by a feature
/// whose values differ leaves one order, whatever the order before; where values are equal, the sorts before it count,
/// and are repeated from the latest such feature on.
struct PresortedSplitter: NodeSplitter, ~Copyable {
    /// A feature that scikit-learn sorts the node's rows by.
    private struct Visit {
        let feature: Int32
        /// Whether it has splits.
        let isVaried: Bool
    }

    let totalWeight: Double
    private let columns: FeatureColumns
    private let limits: LeafLimits
    private var estimator: MeritEstimator
    private let orders: FeatureOrders
    private let samples: NodeSamples
    private var sums: SquaredErrorSums
    private var draw: FeatureDraw

    /// The node's features in the order in which they were drawn.
    private var visits: [Visit] = []
    /// How many of the visits the order of the rows is that of.
    private var arrangedCount = 0
    private var estimates: [Float] = []
    private var positions: [Int32] = []
    private var constantCount = 0

    var rowCount: Int { samples.count }

    init(
        _ rows: GrowingRows,
        sums: consuming SquaredErrorSums,
        estimator: consuming MeritEstimator,
        orders: consuming FeatureOrders,
        draw: FeatureDraw,
        limits: LeafLimits
    ) {
        totalWeight = rows.totalWeight
        columns = rows.columns
        samples = NodeSamples(count: rows.columns.rowCount)
        self.sums = sums
        self.estimator = estimator
        self.orders = orders
        self.draw = draw
        self.limits = limits
    }

    mutating func start(_ range: Range<Int>) -> Double {
        sums.start(samples, range)
        return sums.nodeWeight
    }

    func nodeImpurity() -> Double { sums.nodeImpurity() }

    func appendValues(to values: inout [Double]) { sums.appendValues(to: &values) }

    mutating func split(_ range: Range<Int>, impurity: Double, constantCount: inout Int) -> NodeSplit? {
        drawFeatures(range, &constantCount)
        self.constantCount = constantCount
        let best = search(range)
        guard best.feature >= 0 else { return nil }
        arrange(range, visitCount: visits.count)
        _ = samples.partition(
            range, by: columns[best.feature].span, threshold: best.threshold, missingGoesLeft: false)
        return NodeSplit(best, of: impurity, samples, &sums, totalWeight: totalWeight)
    }

    mutating func descend(_ range: Range<Int>, _ split: NodeSplit, leaves: (left: Bool, right: Bool)) {
        orders.split(
            range, leftCount: split.leftCount, samples, features: draw.varied(constantCount: constantCount).span,
            leaves: leaves)
    }

    private mutating func drawFeatures(_ range: Range<Int>, _ constantCount: inout Int) {
        visits.removeAll(keepingCapacity: true)
        arrangedCount = 0
        draw.start(knownConstants: constantCount)
        while let feature = draw.next() {
            let ends = orders.ends(of: feature, range, in: columns[feature].span)
            let isVaried = ends.last > ends.first + featureThreshold
            if isVaried { draw.noteVaried() } else { draw.noteConstant() }
            // Sorting equal values leaves them where they are.
            if ends.first != ends.last { visits.append(Visit(feature: feature, isVaried: isVaried)) }
        }
        constantCount = draw.finish()
    }

    // MARK: - Search

    private mutating func search(_ range: Range<Int>) -> BestSplit {
        var best = BestSplit()
        let isEstimated = estimator.start(samples, range, sums, limits)
        let cut = isEstimated ? estimate() : -.infinity
        for (index, visit) in visits.enumerated() where visit.isVaried {
            if isEstimated && !(estimates[index] >= cut) { continue }
            arrange(range, visitCount: index + 1)
            let pass = SearchPass(range: range, feature: visit.feature, missing: 0, missingGoesLeft: false)
            let column = columns[visit.feature]
            if isEstimated && orders.isDistinct(visit.feature, range, in: column.span) {
                positions.removeAll(keepingCapacity: true)
                estimator.positions(of: visit.feature, orders, in: column.span, notBelow: cut, into: &positions)
                sums.search(samples, pass, at: positions, &best)
            } else {
                sums.search(samples, pass, limits, &best)
            }
        }
        return best
    }

    /// Estimates the best split of each feature.
    ///
    /// - Returns: what the best of all is at least estimated as.
    private mutating func estimate() -> Float {
        estimates.removeAll(keepingCapacity: true)
        var greatest = -Float.infinity
        for visit in visits {
            let estimate =
                visit.isVaried
                ? estimator.greatest(of: visit.feature, orders, in: columns[visit.feature].span) : -.infinity
            estimates.append(estimate)
            greatest = max(greatest, estimate)
        }
        return estimator.cut(below: greatest)
    }

    /// Puts the node's rows in the order in which sorting by the first of the visits, one after the other, leaves them.
    private mutating func arrange(_ range: Range<Int>, visitCount: Int) {
        var index = visitCount
        while index > arrangedCount {
            let feature = visits[index - 1].feature
            if orders.isDistinct(feature, range, in: columns[feature].span) {
                samples.arrange(range, by: feature, orders, in: columns[feature].span)
                arrangedCount = index
                break
            }
            index -= 1
        }
        while arrangedCount < visitCount {
            let feature = visits[arrangedCount].feature
            _ = samples.sort(range, by: columns[feature].span, mayMiss: false)
            arrangedCount += 1
        }
    }
}
