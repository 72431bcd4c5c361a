/// Which members the answer to a V1 request has.
public enum AnswerForm: String, CaseIterable, Sendable {
    /// `predictions`, `model_name` and, if known, `model_version`.
    case standard
    /// `predictions` alone, byte for byte as KServe's server answers.
    case kserve
    /// As ``standard``, and `probabilities` for classifiers.
    case full
}
