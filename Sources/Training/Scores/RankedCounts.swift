/// How many positive and negative rows have a score of at least each distinct score, the greatest score first.
///
/// Source: scikit-learn `metrics/_ranking.py`, `confusion_matrix_at_thresholds`.
struct RankedCounts {
    /// The distinct scores, descending.
    private(set) var thresholds: [Double] = []
    /// Per threshold, the positive rows whose score is at least that.
    private(set) var truePositives: [Double] = []
    /// Per threshold, the negative rows whose score is at least that.
    private(set) var falsePositives: [Double] = []

    /// The number of positive rows.
    var positiveCount: Double { truePositives.last ?? 0 }
    /// The number of negative rows.
    var negativeCount: Double { falsePositives.last ?? 0 }

    /// Ranks rows.
    ///
    /// - Throws: ``TrainingError`` if there are no rows, not as many scores as rows, or a score is not finite.
    init(isPositive: [Bool], scores: [Double]) throws(TrainingError) {
        try ScoreInput.check(rowCount: isPositive.count, predictedCount: scores.count)
        try ScoreInput.check(scores, name: "y_score")
        var (positives, negatives) = (0.0, 0.0)
        let order = scores.indices.sorted { scores[$0] > scores[$1] }
        for (place, row) in order.enumerated() {
            if isPositive[row] { positives += 1 } else { negatives += 1 }
            if place + 1 < order.count, scores[order[place + 1]] == scores[row] { continue }
            thresholds.append(scores[row])
            truePositives.append(positives)
            falsePositives.append(negatives)
        }
    }
}
