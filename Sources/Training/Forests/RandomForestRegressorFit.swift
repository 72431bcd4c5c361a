import Kernels
public import Tensors

/// What fitting a `RandomForestRegressor` grows.
///
/// The same rows, targets and seed give the trees of scikit-learn 1.9.1 (with `n_jobs=1` or any other), node for node
/// and bit for bit, unless splits are found by histograms. Source: scikit-learn `ensemble/_forest.py`.
public struct RandomForestRegressorFit: Sendable {
    /// The parameters of the fit.
    public let parameters: RandomForestParameters
    /// The number of rows.
    public let rowCount: Int
    /// How many rows were drawn for each tree; nil if each saw all of them.
    public let drawnRowCount: Int?
    /// The number of columns of a row.
    public let featureCount: Int
    /// The number of targets.
    public let targetCount: Int
    /// The trees in their order.
    public let trees: [GrownTree]

    /// Fits rows to numbers.
    ///
    /// - Parameters:
    ///   - rows: one a sample; NaN is a missing value, which histograms have no bin for.
    ///   - targets: one row a sample, one column a target.
    /// - Throws: ``TrainingError`` if a parameter is out of its range, rows and targets do not match or are not finite,
    ///   or the fit is cancelled.
    public init(
        _ rows: Matrix<Double>,
        targets: Matrix<Double>,
        parameters: RandomForestParameters,
        execution: FitExecution = FitExecution()
    ) throws(TrainingError) {
        let className = "RandomForestRegressor"
        try parameters.check(className)
        try FitChecks.checkShape(rows, className)
        try FitChecks.checkTargets(targets.elements.span)
        try FitChecks.checkLengths(rows.rowCount, targets.rowCount)
        guard targets.columnCount > 0 else {
            throw TrainingError(.invalidInput, "There are no targets to fit.")
        }
        try FitChecks.checkRange(rows)
        let growth = try ForestGrowth(
            columns: FeatureColumns(rows), targets: .numbers(NumberTargets(targets)),
            parameters: parameters,
            features: parameters.maximumFeatures ?? .all, rowWeights: nil, execution)
        self.parameters = parameters
        rowCount = rows.rowCount
        drawnRowCount = try parameters.drawnRowCount(of: rows.rowCount, weight: Double(rows.rowCount))
        featureCount = rows.columnCount
        targetCount = targets.columnCount
        trees = try growth.grow(execution)
    }
}
