/// How often a two-class prediction was right and wrong, and the scores made of these counts.
///
/// With `tp`, `fp`, `fn`, `tn` for the counts, precision is `tp / (tp + fp)`, recall `tp / (tp + fn)`, and F1
/// `2 tp / (2 tp + fp + fn)`. Source: scikit-learn `metrics/_classification.py`, `precision_recall_fscore_support` with
/// `average="binary"`; labels other than the positive one count as negative.
public struct ConfusionCounts: Hashable, Sendable {
    /// Positive rows that were predicted to be positive.
    public let truePositives: Int
    /// Negative rows that were predicted to be positive.
    public let falsePositives: Int
    /// Positive rows that were predicted to be negative.
    public let falseNegatives: Int
    /// Negative rows that were predicted to be negative.
    public let trueNegatives: Int

    /// Compares labels, an element a row.
    ///
    /// - Parameter positive: the label of the class that is looked for.
    /// - Throws: ``TrainingError`` if there are no rows, or not as many predictions as labels.
    public init<Label: Equatable>(actual: [Label], predicted: [Label], positive: Label) throws(TrainingError) {
        try ScoreInput.check(rowCount: actual.count, predictedCount: predicted.count)
        var counts = (truePositives: 0, falsePositives: 0, falseNegatives: 0, trueNegatives: 0)
        for (actual, predicted) in zip(actual, predicted) {
            switch (actual == positive, predicted == positive) {
            case (true, true): counts.truePositives += 1
            case (false, true): counts.falsePositives += 1
            case (true, false): counts.falseNegatives += 1
            case (false, false): counts.trueNegatives += 1
            }
        }
        truePositives = counts.truePositives
        falsePositives = counts.falsePositives
        falseNegatives = counts.falseNegatives
        trueNegatives = counts.trueNegatives
    }

    /// The number of rows.
    public var rowCount: Int { truePositives + falsePositives + falseNegatives + trueNegatives }

    /// The share of the rows that were predicted right.
    public var accuracy: Double { Double(truePositives + trueNegatives) / Double(rowCount) }

    /// The share of the rows predicted to be positive that are.
    ///
    /// - Parameter zeroDivision: the answer if no row was predicted to be positive; scikit-learn's default is 0, too.
    public func precision(zeroDivision: Double = 0) -> Double {
        ratio(truePositives, truePositives + falsePositives, zeroDivision)
    }

    /// The share of the positive rows that were predicted to be positive.
    ///
    /// - Parameter zeroDivision: the answer if no row is positive.
    public func recall(zeroDivision: Double = 0) -> Double {
        ratio(truePositives, truePositives + falseNegatives, zeroDivision)
    }

    /// The harmonic mean of precision and recall.
    ///
    /// - Parameter zeroDivision: the answer if no row is positive nor predicted to be.
    public func f1(zeroDivision: Double = 0) -> Double {
        ratio(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives, zeroDivision)
    }

    private func ratio(_ numerator: Int, _ denominator: Int, _ zeroDivision: Double) -> Double {
        denominator == 0 ? zeroDivision : Double(numerator) / Double(denominator)
    }
}
