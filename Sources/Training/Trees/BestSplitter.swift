import Kernels

/// Finds the best of all splits of a node by the features drawn for it, putting its rows in the order of each.
///
/// Source: scikit-learn `tree/_splitter.pyx`, `node_split_best`.
struct BestSplitter<Sums: SplitSums & ~Copyable>: NodeSplitter, ~Copyable {
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
        let best = search(range, &constantCount)
        guard best.feature >= 0 else { return nil }
        _ = samples.partition(
            range, by: columns[best.feature].span, threshold: best.threshold, missingGoesLeft: best.missingGoesLeft)
        return NodeSplit(best, of: impurity, samples, &sums, totalWeight: totalWeight)
    }

    private mutating func search(_ range: Range<Int>, _ constantCount: inout Int) -> BestSplit {
        var best = BestSplit()
        draw.start(knownConstants: constantCount)
        while let feature = draw.next() {
            let missing = samples.sort(
                range, by: columns[feature].span, mayMiss: columns.mayMiss[Int(feature)])
            if isConstant(range, missing: missing) {
                draw.noteConstant()
                continue
            }
            draw.noteVaried()
            var pass = SearchPass(range: range, feature: feature, missing: missing, missingGoesLeft: false)
            sums.search(samples, pass, limits, &best)
            guard missing > 0 else { continue }
            samples.moveMissingFirst(range, missing: missing)
            pass.missingGoesLeft = true
            sums.search(samples, pass, limits, &best)
        }
        constantCount = draw.finish()
        return best
    }

    /// Whether rows in the order of a feature all miss it, or all have nearly one value.
    private func isConstant(_ range: Range<Int>, missing: Int) -> Bool {
        if missing > 0 { return missing == range.count }
        let ends = samples.ends(of: range)
        return ends.last <= ends.first + featureThreshold
    }
}

extension NodeSplit {
    /// What comes of the best split, the node's rows being in the order of its children.
    init(
        _ best: BestSplit,
        of impurity: Double,
        _ samples: borrowing NodeSamples,
        _ sums: inout some SplitSums & ~Copyable,
        totalWeight: Double
    ) {
        sums.reset()
        sums.move(to: best.leftCount, samples)
        let impurities = sums.childImpurities(samples)
        self.init(
            feature: best.feature,
            threshold: best.threshold,
            missingGoesLeft: best.missingGoesLeft,
            leftCount: best.leftCount,
            improvement: sums.improvement(of: impurity, impurities, totalWeight),
            leftImpurity: impurities.left,
            rightImpurity: impurities.right
        )
    }
}
