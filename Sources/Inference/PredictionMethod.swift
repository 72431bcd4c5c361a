/// A method of a fitted scikit-learn estimator that answers for rows.
public enum PredictionMethod: String, CaseIterable, Sendable {
    /// Labels or values.
    case predict
    /// Class probabilities.
    case predictProba = "predict_proba"
    /// Logarithms of class probabilities.
    case predictLogProba = "predict_log_proba"
    /// Signed distances; for an outlier detector, negative is an outlier.
    case decisionFunction = "decision_function"
    /// An outlier detector's raw scores; the lower, the more abnormal.
    case scoreSamples = "score_samples"
    /// The rows in another space.
    case transform
}
