import Kernels

/// Draws one threshold for each of the features drawn for a node, and takes the best of them.
///
/// Source: scikit-learn `tree/_splitter.pyx`, `node_split_random`.
struct RandomSplitter<Sums: SplitSums & ~Copyable>: NodeSplitter, ~Copyable {
    let totalWeight: Double
    private let columns: FeatureColumns
    private let limits: LeafLimits
    private var sums: Sums
    private var draw: FeatureDraw
    private let samples: NodeSamples

    var rowCount: Int { samples.count }

    init(_ rows: GrowingRows, sums: consuming Sums, draw: FeatureDraw, limits: LeafLimits) {
        totalWeight = rows.totalWeight
        columns = rows.columns
        samples = NodeSamples(count: rows.columns.rowCount)
        self.sums = sums
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
        var best = BestSplit()
        var latest: Int32 = -1
        draw.start(knownConstants: constantCount)
        while let feature = draw.next() {
            latest = feature
            let values = samples.findRange(range, of: columns[feature].span)
            if isConstant(values, count: range.count) {
                draw.noteConstant()
            } else {
                draw.noteVaried()
                consider(feature, values, range, &best)
            }
        }
        constantCount = draw.finish()
        guard best.feature >= 0 else { return nil }
        if best.feature != latest {
            _ = samples.partition(
                range, by: columns[best.feature].span, threshold: best.threshold,
                missingGoesLeft: best.missingGoesLeft)
        }
        return NodeSplit(best, of: impurity, samples, &sums, totalWeight: totalWeight)
    }

    /// Improves on the best split with a threshold drawn between the values of a feature.
    private mutating func consider(
        _ feature: Int32,
        _ values: ValueRange,
        _ range: Range<Int>,
        _ best: inout BestSplit
    ) {
        var threshold = draw.generator.double(from: Double(values.lowest), to: Double(values.highest))
        let missingGoesLeft = values.missing > 0 && draw.generator.integer(in: 0..<2) == 1
        if threshold == Double(values.highest) { threshold = Double(values.lowest) }
        let leftCount = samples.partition(range, threshold: threshold, missingGoesLeft: missingGoesLeft)
        let rightCount = range.count - leftCount
        guard leftCount >= limits.rowCount, rightCount >= limits.rowCount else { return }
        sums.reset()
        sums.move(to: leftCount, samples)
        guard sums.leftWeight >= limits.weight, sums.rightWeight >= limits.weight else { return }
        let merit = sums.merit()
        guard merit > best.merit else { return }
        best.feature = feature
        best.leftCount = leftCount
        best.threshold = threshold
        best.missingGoesLeft = values.missing > 0 ? missingGoesLeft : leftCount > rightCount
        best.merit = merit
    }

    private func isConstant(_ values: ValueRange, count: Int) -> Bool {
        if values.missing > 0 { return values.missing == count }
        return values.highest <= values.lowest + featureThreshold
    }
}
