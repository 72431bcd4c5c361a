import Kernels

/// Finds the best split of a node by bins of its rows' values.
///
/// It follows the rules of ``BestSplitter`` and draws features as that does. Where every feature has at most
/// `FeatureBins.maximumCount` values it finds the same splits, but for those that are equally good but for rounding.
struct HistogramSplitter<Sums: SplitSums & ~Copyable>: NodeSplitter, ~Copyable {
    let totalWeight: Double
    private let binned: BinnedRows
    private let fitRows: [Int32]
    private let limits: LeafLimits
    private var sums: Sums
    private var draw: FeatureDraw
    private let samples: NodeSamples
    private var search: HistogramSearch
    private var features: [Int32] = []

    var rowCount: Int { samples.count }

    init(_ sapling: Sapling, _ bins: HistogramRows, sums: consuming Sums, terms: consuming NodeTerms) {
        totalWeight = sapling.totalWeight
        binned = bins.rows
        fitRows = sapling.rows
        samples = NodeSamples(count: sapling.rows.count)
        search = HistogramSearch(bins.rows, fitRows: sapling.rows, terms: terms, networks: bins.networks)
        self.sums = sums
        draw = sapling.draw
        limits = sapling.rules.leaf
    }

    mutating func start(_ range: Range<Int>) -> Double {
        sums.start(samples, range)
        return sums.nodeWeight
    }

    func nodeImpurity() -> Double { sums.nodeImpurity() }

    func appendValues(to values: inout [Double]) { sums.appendValues(to: &values) }

    mutating func split(_ range: Range<Int>, impurity: Double, constantCount: inout Int) -> NodeSplit? {
        search.start(samples, range)
        features.removeAll(keepingCapacity: true)
        draw.start(knownConstants: constantCount)
        while let feature = draw.next() {
            if search.isConstant(feature) {
                draw.noteConstant()
            } else {
                draw.noteVaried()
                features.append(feature)
            }
        }
        constantCount = draw.finish()
        let (best, lastBin) = search.best(of: features, sums, samples, range, limits)
        guard best.feature >= 0 else { return nil }
        let leftCount = samples.partition(
            range, by: binned, best.feature, fitRows: fitRows.span, upTo: lastBin)
        precondition(leftCount == best.leftCount)
        return NodeSplit(best, of: impurity, samples, &sums, totalWeight: totalWeight)
    }
}

/// What the trees of a fit by histograms share.
struct HistogramRows: Sendable {
    let rows: BinnedRows
    let networks = SortingNetworks()

    /// Divides the values of rows into bins.
    ///
    /// - Throws: ``TrainingError`` if a value is missing, or the fit is cancelled.
    init(_ columns: FeatureColumns, _ execution: FitExecution) throws(TrainingError) {
        if let feature = columns.mayMiss.firstIndex(of: true) {
            throw TrainingError(
                .invalidInput,
                "Input X contains NaN in column \(feature), and the histogram splitter has no bin for missing values: "
                    + "use the exact one.")
        }
        // Bins count their rows in single precision.
        guard columns.rowCount <= 1 << 24 else {
            throw TrainingError(
                .invalidInput, "Found \(columns.rowCount) samples, and the histogram splitter takes at most \(1 << 24)."
            )
        }
        rows = BinnedRows(
            try execution.map(columns.featureCount) { feature in
                let column = columns.columns[feature]
                return FeatureBins.dividing(column.span)
            })
    }
}
