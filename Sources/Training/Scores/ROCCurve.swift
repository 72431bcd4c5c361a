/// The receiver operating characteristic of scores of two classes, and the area below it.
///
/// A row is predicted to be positive if its score is at least a threshold; each threshold gives a point. Points on a
/// straight line between their neighbours are left out. Source: scikit-learn `metrics/_ranking.py`, `roc_curve` and
/// `roc_auc_score`.
public struct ROCCurve: Hashable, Sendable {
    /// Per point, the share of the negative rows that are predicted to be positive; from 0 to 1, all NaN if no row is
    /// negative.
    public let falsePositiveRates: [Double]
    /// Per point, the share of the positive rows that are; from 0 to 1, all NaN if no row is positive.
    public let truePositiveRates: [Double]
    /// Per point, the threshold, descending; infinite at the first point, where no row is predicted to be positive.
    public let thresholds: [Double]

    /// The curve of some rows.
    ///
    /// - Parameters:
    ///   - isPositive: whether each row is of the positive class.
    ///   - scores: an element a row, greater for rows that are more likely positive; of any scale.
    /// - Throws: ``TrainingError`` if there are no rows, not as many scores as rows, or a score is not finite.
    public init(isPositive: [Bool], scores: [Double]) throws(TrainingError) {
        let counts = try RankedCounts(isPositive: isPositive, scores: scores)
        let corners = counts.thresholds.indices.filter { Self.isCorner($0, of: counts) }
        falsePositiveRates = ([0] + corners.map { counts.falsePositives[$0] }).map { $0 / counts.negativeCount }
        truePositiveRates = ([0] + corners.map { counts.truePositives[$0] }).map { $0 / counts.positiveCount }
        thresholds = [.infinity] + corners.map { counts.thresholds[$0] }
    }

    /// Whether a point is an end of the curve, or its steps to the two neighbours differ.
    private static func isCorner(_ index: Int, of counts: RankedCounts) -> Bool {
        guard index > 0, index + 1 < counts.thresholds.count else { return true }
        return [counts.falsePositives, counts.truePositives].contains { numbers in
            numbers[index + 1] - numbers[index] != numbers[index] - numbers[index - 1]
        }
    }

    /// The area below the curve (ROC-AUC), by trapezoids: the chance that a positive row has the greater score than a
    /// negative one. Nil if the rows are all of one class.
    public var area: Double? {
        guard let last = falsePositiveRates.last, last == truePositiveRates.last else { return nil }
        var area = 0.0
        for index in 1..<falsePositiveRates.count {
            let width = falsePositiveRates[index] - falsePositiveRates[index - 1]
            area += width * (truePositiveRates[index] + truePositiveRates[index - 1]) / 2
        }
        return area
    }
}
