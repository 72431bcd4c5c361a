import Kernels
public import Tensors

/// What fitting an `IsolationForest` grows.
///
/// The same rows and seed give the trees of scikit-learn 1.9.1 (with `n_jobs=1` or any other), node for node and bit
/// for bit; the threshold may differ by some roundings, as numpy's powers and logarithms do from one processor to
/// another.
/// Source: scikit-learn `ensemble/_iforest.py` and `ensemble/_bagging.py`.
public struct IsolationForestFit: Sendable {
    /// The parameters of the fit.
    public let parameters: IsolationForestParameters
    /// The number of rows.
    public let rowCount: Int
    /// The number of columns of a row.
    public let featureCount: Int
    /// How many rows each tree grew from (`max_samples_`).
    public let sampleCount: Int
    /// Per tree, what its features and rows were drawn by (`_seeds`).
    public let drawSeeds: [UInt32]
    /// Per tree, the columns it was given, in its own order (`estimators_features_`).
    public let treeFeatures: [[Int]]
    /// The trees in their order, each over its own columns.
    public let trees: [GrownTree]
    /// What is subtracted from the scores: at and above it a row is normal (`offset_`).
    public let offset: Double

    /// Fits rows.
    ///
    /// - Parameter rows: one a sample; NaN is a missing value, and infinity a value.
    /// - Throws: ``TrainingError`` if a parameter is out of its range, there are no rows or columns, or the fit is
    ///   cancelled.
    public init(
        _ rows: Matrix<Double>,
        parameters: IsolationForestParameters,
        execution: FitExecution = FitExecution()
    ) throws(TrainingError) {
        try parameters.check()
        try FitChecks.checkShape(rows, "IsolationForest")
        let drawnFeatureCount = try parameters.drawnFeatureCount(of: rows.columnCount)
        let sampleCount = try parameters.drawnRowCount(of: rows.rowCount)
        var state = RandomState(seed: parameters.seed)
        let growth = IsolationGrowth(
            rows: rows, targets: state.doubles(count: rows.rowCount), sampleCount: sampleCount,
            featureCount: drawnFeatureCount, isBootstrapping: parameters.isBootstrapping)
        state = RandomState(seed: parameters.seed)
        let seeds = state.integers(in: 0..<Int(Int32.max), count: parameters.treeCount).map(UInt32.init)
        let grown = try execution.map(seeds.count, reportsProgress: true) { index throws(TrainingError) in
            try growth.grow(seeds[index], execution)
        }
        self.parameters = parameters
        rowCount = rows.rowCount
        featureCount = rows.columnCount
        self.sampleCount = sampleCount
        drawSeeds = seeds
        treeFeatures = grown.map(\.features)
        trees = grown.map(\.tree)
        // The middle between minus infinity and a number is no number, and missing values make it a split nevertheless.
        guard !trees.contains(where: { $0.threshold.contains(where: \.isNaN) }) else {
            throw TrainingError(
                .invalidInput,
                "Input X contains infinity beside missing values, between which no threshold is a number.")
        }
        guard let contamination = parameters.contamination else {
            offset = -0.5
            return
        }
        let scoring = try IsolationScoring(
            trees: trees, treeFeatures: treeFeatures, featureCount: rows.columnCount,
            sampleCount: sampleCount)
        // As numpy computes it: a percentage, and a share of it again.
        offset = Quantiles.quantile(
            100 * contamination / 100, ofSorted: try scoring.scores(rows, execution).sorted())
    }
}

/// Grows the trees of an isolation forest from their seeds.
private struct IsolationGrowth: Sendable {
    let rows: Matrix<Double>
    /// A random number for each row: the targets that the trees pretend to fit.
    let targets: [Double]
    let sampleCount: Int
    let featureCount: Int
    let isBootstrapping: Bool

    /// Draws the features and the rows of a tree, and grows it.
    func grow(_ drawSeed: UInt32, _ execution: FitExecution) throws(TrainingError) -> (
        tree: GrownTree, features: [Int]
    ) {
        var state = RandomState(seed: drawSeed)
        let seed = UInt32(state.integer(in: 0..<Int(Int32.max)))
        state = RandomState(seed: drawSeed)
        let features = state.sampleWithoutReplacement(of: rows.columnCount, count: featureCount)
        let (chosen, weights) = drawRows(&state)
        let columns = FeatureColumns(rows, rows: chosen, features: features)
        var rules = GrowthRules(splitter: .random, drawnFeatureCount: 1)
        rules.maximumDepth = Int.bitWidth - (max(sampleCount, 2) - 1).leadingZeroBitCount
        state = RandomState(seed: seed)
        let draw = FeatureDraw(
            featureCount: featureCount, drawnCount: rules.drawnFeatureCount,
            seed: UInt32(state.integer(in: 0..<Xorshift.maximum)))
        let sums = SquaredErrorSums(
            targets: chosen.map { targets[$0] }, targetCount: 1, weights: weights)
        let splitter = RandomSplitter(
            GrowingRows(columns: columns, totalWeight: Double(sampleCount)), sums: sums, draw: draw,
            limits: rules.leaf)
        let tree = GrownTree(seed: seed, featureCount: featureCount, classCounts: [1])
        return (try TreeGrower(splitter, rules: rules, into: tree).grow(execution), features)
    }

    /// The rows of a tree in ascending order, and how often each was drawn.
    private func drawRows(_ state: inout RandomState) -> (rows: [Int], weights: [Double]) {
        guard isBootstrapping else {
            let rows = state.sampleWithoutReplacement(of: rows.rowCount, count: sampleCount).sorted()
            return (rows, [Double](repeating: 1, count: rows.count))
        }
        let drawn = state.integers(in: 0..<rows.rowCount, count: sampleCount).sorted()
        var (rows, weights): ([Int], [Double]) = ([], [])
        for row in drawn {
            if row == rows.last {
                weights[weights.count - 1] += 1
            } else {
                rows.append(row)
                weights.append(1)
            }
        }
        return (rows, weights)
    }
}
