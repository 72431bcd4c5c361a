import Kernels
public import Tensors

/// How far predicted numbers are from the actual ones, for one or several outputs.
///
/// Each score of several outputs is the mean of the outputs' scores, as scikit-learn's `multioutput="uniform_average"`
/// has it. With `y` the actual and `p` the predicted numbers of an output and `n` rows: MAE is `Σ |y - p| / n`, RMSE
/// `√(Σ (y - p)² / n)`, and R² `1 - Σ (y - p)² / Σ (y - mean y)²`. Source: scikit-learn `metrics/_regression.py`.
public struct RegressionScores: Hashable, Sendable {
    /// The number of rows.
    public let rowCount: Int
    /// Per output, the mean absolute error.
    public let absoluteErrors: [Double]
    /// Per output, the root of the mean squared error.
    public let rootSquaredErrors: [Double]
    /// Per output, the coefficient of determination: 1 for a constant output that is met exactly, 0 for one that is
    /// not.
    private let determinations: [Double]

    /// Compares predictions with what came.
    ///
    /// - Parameters:
    ///   - actual: a row per sample, a column per output.
    ///   - predicted: of the same shape.
    /// - Throws: ``TrainingError`` if there are no rows or outputs, the shapes differ, or an element is not finite.
    public init(actual: Matrix<Double>, predicted: Matrix<Double>) throws(TrainingError) {
        try Self.check(actual, predicted)
        rowCount = actual.rowCount
        let outputs = actual.columnCount
        let count = Double(actual.rowCount)
        let errors = zip(actual.elements, predicted.elements).map { $0 - $1 }
        let means = columnSums(actual.elements.span, columnCount: outputs).map { $0 / count }
        let totals = columnDeviations(actual.elements.span, from: means.span).squares
        let (squares, distances) = (errors.map { $0 * $0 }, errors.map { abs($0) })
        let residuals = columnSums(squares.span, columnCount: outputs)
        absoluteErrors = columnSums(distances.span, columnCount: outputs).map { $0 / count }
        rootSquaredErrors = residuals.map { ($0 / count).squareRoot() }
        determinations = zip(residuals, totals).map { residual, total in
            total == 0 ? (residual == 0 ? 1 : 0) : 1 - residual / total
        }
    }

    private static func check(_ actual: Matrix<Double>, _ predicted: Matrix<Double>) throws(TrainingError) {
        try ScoreInput.check(rowCount: actual.rowCount, predictedCount: predicted.rowCount)
        guard actual.columnCount == predicted.columnCount else {
            throw TrainingError(
                .invalidInput,
                "y_true and y_pred have different number of output (\(actual.columnCount)!=\(predicted.columnCount))")
        }
        guard actual.columnCount > 0 else {
            throw TrainingError(
                .invalidInput,
                "Found array with 0 feature(s) (shape=(\(actual.rowCount), 0)) while a minimum of 1 is required.")
        }
        try ScoreInput.check(actual.elements, name: "y_true")
        try ScoreInput.check(predicted.elements, name: "y_pred")
    }

    /// The mean absolute error (MAE), in the outputs' unit.
    public var meanAbsoluteError: Double { Self.mean(absoluteErrors) }

    /// The root of the mean squared error (RMSE), in the outputs' unit.
    public var rootMeanSquaredError: Double { Self.mean(rootSquaredErrors) }

    /// The coefficient of determination (R²): 1 is perfect, 0 as good as the mean. Nil for a single row, of which it is
    /// not defined.
    public var r2: Double? { rowCount < 2 ? nil : Self.mean(determinations) }

    /// Per output, R²; nil for a single row.
    public var r2PerOutput: [Double]? { rowCount < 2 ? nil : determinations }

    /// The mean absolute scaled error (MASE): the mean absolute error as a multiple of that of the seasonal naive
    /// forecast within the history, `x[t] = x[t - period]`. Below 1 is better than that forecast.
    ///
    /// Source: Hyndman and Koehler, "Another look at measures of forecast accuracy", International Journal of
    /// Forecasting 22 (2006), section 3.
    ///
    /// - Parameters:
    ///   - history: the series that the model was trained on, in order of time.
    ///   - period: the steps of a season; 1 compares with the last value.
    /// - Returns: nil if the history repeats itself exactly, of which the error is no multiple.
    /// - Throws: ``TrainingError`` if the period is not positive, or the history is not longer than it or not finite.
    public func meanAbsoluteScaledError(history: [Double], period: Int = 1) throws(TrainingError) -> Double? {
        let scale = try Self.seasonalNaiveError(history, period: period)
        return scale == 0 ? nil : meanAbsoluteError / scale
    }

    /// The mean absolute error of the seasonal naive forecast within a series of `n` steps, the sum of
    /// `|x[t] - x[t - period]|` divided by `n - period`.
    ///
    /// - Throws: ``TrainingError`` if the period is not positive, or the series is not longer than it or not finite.
    public static func seasonalNaiveError(_ series: [Double], period: Int) throws(TrainingError) -> Double {
        guard period > 0 else {
            throw TrainingError(.invalidSetting, "a season of \(period) steps is not one")
        }
        guard series.count > period else {
            throw TrainingError(
                .invalidInput, "a series of \(series.count) steps is no longer than its season of \(period)")
        }
        try ScoreInput.check(series, name: "history")
        let sum = zip(series.dropFirst(period), series).reduce(0) { $0 + abs($1.0 - $1.1) }
        return sum / Double(series.count - period)
    }

    private static func mean(_ numbers: [Double]) -> Double { pairwiseSum(numbers.span) / Double(numbers.count) }
}
