import Kernels
import Tensors

/// Grows the trees of a random forest from their seeds.
///
/// Source: scikit-learn `ensemble/_forest.py`, `BaseForest.fit` and `_parallel_build_trees`.
struct ForestGrowth: Sendable {
    let columns: FeatureColumns
    let targets: ForestTargets
    let parameters: RandomForestParameters
    let features: FeatureAmount
    /// Per row its weight where rows are not alike: its chance to be drawn, or how much it counts if none are drawn.
    let rowWeights: [Double]?
    let preparation: Preparation

    /// What is worked out once for all trees.
    enum Preparation: Sendable {
        /// The rows in the order of each feature; nil if sorting them once does not pay.
        case orders(RowOrders?)
        /// The rows by bins.
        case bins(HistogramRows)
    }

    init(
        columns: FeatureColumns,
        targets: ForestTargets,
        parameters: RandomForestParameters,
        features: FeatureAmount,
        rowWeights: [Double]?,
        _ execution: FitExecution
    ) throws(TrainingError) {
        self.columns = columns
        self.targets = targets
        self.parameters = parameters
        self.features = features
        self.rowWeights = rowWeights
        switch parameters.splitter {
        case .exact:
            preparation = .orders(
                try RowOrders(columns, drawnFeatureCount: features.resolved(of: columns.featureCount), execution))
        case .histogram:
            try targets.checkForHistograms()
            preparation = .bins(try HistogramRows(columns, execution))
        }
    }

    /// Grows all trees.
    func grow(_ execution: FitExecution) throws(TrainingError) -> [GrownTree] {
        let rowWeight = rowWeights.map { pairwiseSum($0.span) } ?? Double(columns.rowCount)
        let drawnCount = try parameters.drawnRowCount(of: columns.rowCount, weight: rowWeight)
        let probabilities = rowWeights.map { weights in weights.map { $0 / rowWeight } }
        var state = RandomState(seed: parameters.seed)
        let seeds = state.integers(in: 0..<Int(Int32.max), count: parameters.treeCount).map(UInt32.init)
        return try execution.map(seeds.count, reportsProgress: true) { index throws(TrainingError) in
            let weights = treeWeights(seeds[index], drawnCount: drawnCount, probabilities)
            return try growTree(seeds[index], weights, execution)
        }
    }

    /// How much each row counts in a tree.
    private func treeWeights(_ seed: UInt32, drawnCount: Int?, _ probabilities: [Double]?) -> [Double] {
        guard let drawnCount else {
            return rowWeights ?? [Double](repeating: 1, count: columns.rowCount)
        }
        var state = RandomState(seed: seed)
        let rows =
            probabilities.map { state.choice(probabilities: $0, count: drawnCount) }
            ?? state.integers(in: 0..<columns.rowCount, count: drawnCount)
        var counts = [Double](repeating: 0, count: columns.rowCount)
        for row in rows { counts[row] += 1 }
        guard case .classes(let classes) = targets, classes.isBalancingSubsamples else { return counts }
        return zip(counts, classes.balancedWeights(of: rows)).map { $0 * $1 }
    }

    private func growTree(
        _ seed: UInt32,
        _ weights: [Double],
        _ execution: FitExecution
    ) throws(TrainingError) -> GrownTree {
        let totalWeight = weights.reduce(0, +)
        let rows = weights.indices.filter { weights[$0] != 0 }.map(Int32.init)
        let rules = parameters.rules(
            rowCount: columns.rowCount, featureCount: columns.featureCount, features: features,
            weight: pairwiseSum(weights.span))
        var state = RandomState(seed: seed)
        let draw = FeatureDraw(
            featureCount: columns.featureCount, drawnCount: rules.drawnFeatureCount,
            seed: UInt32(state.integer(in: 0..<Xorshift.maximum)))
        let sapling = Sapling(
            rows: rows, weights: rows.map { weights[Int($0)] }, totalWeight: totalWeight, rules: rules, draw: draw,
            tree: GrownTree(seed: seed, featureCount: columns.featureCount, classCounts: targets.classCounts))
        switch preparation {
        case .orders(let orders): return try growExact(sapling, orders, execution)
        case .bins(let bins): return try growHistogram(sapling, bins, execution)
        }
    }

    private func growExact(
        _ sapling: Sapling, _ orders: RowOrders?, _ execution: FitExecution
    ) throws(TrainingError) -> GrownTree {
        let growing = GrowingRows(columns: columns.taking(sapling.rows), totalWeight: sapling.totalWeight)
        switch targets {
        case .numbers(let numbers):
            let targets = numbers.taking(sapling.rows)
            let sums = SquaredErrorSums(
                targets: targets, targetCount: numbers.targetCount, weights: sapling.weights)
            if let orders,
                let estimator = MeritEstimator(
                    targets: targets, targetCount: numbers.targetCount, weights: sapling.weights)
            {
                let splitter = PresortedSplitter(
                    growing, sums: sums, estimator: estimator, orders: orders.taking(sapling.rows),
                    draw: sapling.draw, limits: sapling.rules.leaf)
                return try sapling.grow(splitter, execution)
            }
            let splitter = BestSplitter(growing, sums: sums, draw: sapling.draw, limits: sapling.rules.leaf)
            return try sapling.grow(splitter, execution)
        case .classes(let classes):
            let sums = classes.sums(of: sapling.rows, weights: sapling.weights)
            let splitter = BestSplitter(growing, sums: sums, draw: sapling.draw, limits: sapling.rules.leaf)
            return try sapling.grow(splitter, execution)
        }
    }

    private func growHistogram(
        _ sapling: Sapling, _ bins: HistogramRows, _ execution: FitExecution
    ) throws(TrainingError) -> GrownTree {
        let terms = NodeTerms(
            rowCount: sapling.rows.count, termCount: targets.termCount, largest: targets.largest)
        switch targets {
        case .numbers(let numbers):
            let sums = SquaredErrorSums(
                targets: numbers.taking(sapling.rows), targetCount: numbers.targetCount, weights: sapling.weights)
            return try sapling.grow(HistogramSplitter(sapling, bins, sums: sums, terms: terms), execution)
        case .classes(let classes):
            let sums = classes.sums(of: sapling.rows, weights: sapling.weights)
            return try sapling.grow(HistogramSplitter(sapling, bins, sums: sums, terms: terms), execution)
        }
    }
}

/// A tree before it grows: its rows, its rules and where its random numbers start.
struct Sapling: Sendable {
    /// Which of the fit's rows it grows from, in ascending order.
    let rows: [Int32]
    /// Per row, how much it counts.
    let weights: [Double]
    /// The weight of all rows of the fit.
    let totalWeight: Double
    let rules: GrowthRules
    let draw: FeatureDraw
    let tree: GrownTree

    /// Grows it.
    func grow<Splitter: NodeSplitter & ~Copyable>(
        _ splitter: consuming Splitter, _ execution: FitExecution
    ) throws(TrainingError) -> GrownTree {
        try TreeGrower(splitter, rules: rules, into: tree).grow(execution)
    }
}
