import Estimators
import Kernels
import Tensors

/// Weighted sums of the columns: what linear regressors and classifiers have in common.
struct LinearScores: Sendable {
    /// The number of columns of a row.
    let inputCount: Int
    /// The number of sums of a row.
    var count: Int { offsets.count }
    /// Roughly how many nanoseconds a row takes: a product for each sum.
    var stepsPerRow: Int { count * (inputCount / 4 + 5) }
    private let weights: [Double]
    private let offsets: [Double]

    /// Checks weights, a row of them per sum, and intercepts, one per sum or one for all.
    init(fit: FitRecord, coefficients: Matrix<Double>, intercept: [Double]) throws(InferenceError) {
        inputCount = try fit.columnCount(agreeingWith: ["coef_": coefficients.columnCount])
        guard coefficients.rowCount > 0 else { throw fit.invalid("coef_ has no row") }
        weights = coefficients.elements
        if intercept.count == 1 {
            offsets = [Double](repeating: intercept[0], count: coefficients.rowCount)
        } else {
            try fit.require("the number of elements of intercept_", intercept.count, is: coefficients.rowCount)
            offsets = intercept
        }
    }

    /// The sums of each row: ``count`` elements a row.
    func callAsFunction(_ rows: Matrix<Double>) throws(InferenceError) -> [Double] {
        try FiniteCheck.finite.check(rows)
        var scores = [Double](repeating: 0, count: rows.rowCount * count)
        var output = scores.mutableSpan
        mapLinearly(
            rows.elements.span,
            columnCount: inputCount,
            weights: weights.span,
            offsets: offsets.span,
            into: &output
        )
        return scores
    }
}
