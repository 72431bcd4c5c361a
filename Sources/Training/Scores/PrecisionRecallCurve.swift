/// Precision against recall of scores of two classes, and the average precision.
///
/// A row is predicted to be positive if its score is at least a threshold. Source: scikit-learn `metrics/_ranking.py`,
/// `precision_recall_curve` and `average_precision_score`.
public struct PrecisionRecallCurve: Hashable, Sendable {
    /// Per point, the share of the rows predicted to be positive that are; 1 at the last point.
    public let precisions: [Double]
    /// Per point, the share of the positive rows that are predicted to be positive, descending to 0 at the last point;
    /// 1 at all others if no row is positive.
    public let recalls: [Double]
    /// Per point but the last, the threshold, ascending.
    public let thresholds: [Double]

    /// The curve of some rows.
    ///
    /// - Parameters:
    ///   - isPositive: whether each row is of the positive class.
    ///   - scores: an element a row, greater for rows that are more likely positive; of any scale.
    /// - Throws: ``TrainingError`` if there are no rows, not as many scores as rows, or a score is not finite.
    public init(isPositive: [Bool], scores: [Double]) throws(TrainingError) {
        let counts = try RankedCounts(isPositive: isPositive, scores: scores)
        let points = counts.thresholds.indices.reversed()
        precisions =
            points.map {
                counts.truePositives[$0] / (counts.truePositives[$0] + counts.falsePositives[$0])
            } + [1]
        recalls =
            points.map {
                counts.positiveCount == 0 ? 1 : counts.truePositives[$0] / counts.positiveCount
            } + [0]
        thresholds = counts.thresholds.reversed()
    }

    /// The average precision (PR-AUC): the sum over points of their precision times the recall gained there, without
    /// interpolation between points; 0 if no row is positive.
    public var averagePrecision: Double {
        var sum = 0.0
        for index in thresholds.indices { sum += (recalls[index] - recalls[index + 1]) * precisions[index] }
        return sum
    }
}
