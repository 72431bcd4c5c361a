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
    /// The rows in the order of each feature; nil if sorting them once does not pay.
    let orders: RowOrders?

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
        orders = try RowOrders(columns, drawnFeatureCount: features.resolved(of: columns.featureCount), execution)
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
        let growing = GrowingRows(columns: columns.taking(rows), totalWeight: totalWeight)
        let rowWeights = rows.map { weights[Int($0)] }
        var state = RandomState(seed: seed)
        let draw = FeatureDraw(
            featureCount: columns.featureCount, drawnCount: rules.drawnFeatureCount,
            seed: UInt32(state.integer(in: 0..<Xorshift.maximum)))
        let tree = GrownTree(seed: seed, featureCount: columns.featureCount, classCounts: targets.classCounts)
        switch targets {
        case .numbers(let numbers):
            let targets = numbers.taking(rows)
            let sums = SquaredErrorSums(targets: targets, targetCount: numbers.targetCount, weights: rowWeights)
            if let orders,
                let estimator = MeritEstimator(
                    targets: targets, targetCount: numbers.targetCount, weights: rowWeights)
            {
                let splitter = PresortedSplitter(
                    growing, sums: sums, estimator: estimator, orders: orders.taking(rows), draw: draw,
                    limits: rules.leaf)
                return try TreeGrower(splitter, rules: rules, into: tree).grow(execution)
            }
            let splitter = BestSplitter(growing, sums: sums, draw: draw, limits: rules.leaf)
            return try TreeGrower(splitter, rules: rules, into: tree).grow(execution)
        case .classes(let classes):
            let sums = ClassSums(
                classes: classes.taking(rows), classCounts: classes.classCounts, weights: rowWeights,
                impurity: classes.impurity)
            let splitter = BestSplitter(growing, sums: sums, draw: draw, limits: rules.leaf)
            return try TreeGrower(splitter, rules: rules, into: tree).grow(execution)
        }
    }
}
