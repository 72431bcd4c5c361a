package import Estimators
package import Features
package import Inference
package import Training

/// How a model of one kind is made of rows, and how it is judged.
package protocol Recipe: Sendable {
    /// What its rows are made of.
    var schema: FeatureSchema { get }
    /// The metrics whose future it forecasts; none if it forecasts nothing.
    var targets: [String] { get }
    /// What a candidate must fulfil.
    var gate: Gate { get }
    /// What is fitted, e.g. `Pipeline(RobustScaler, IsolationForest)`.
    var estimatorName: String { get }
    /// What it is fitted with, for the metadata: names as scikit-learn spells them.
    var hyperparameters: [(name: String, value: Hyperparameter)] { get }
    /// The numbers all randomness starts from.
    var seed: UInt32 { get }

    /// Divides rows into those to fit to and those to judge by.
    ///
    /// - Throws: ``RunError`` if there are too few.
    func divide(_ dataset: Dataset) throws(RunError) -> (fitting: Examples, trial: Examples)

    /// Fits a model.
    ///
    /// - Throws: ``RunError``; ``RunError/Code/cancelled`` if the fit is.
    func fit(_ examples: Examples, _ execution: FitExecution) throws(RunError) -> Pipeline

    /// How well a model does on rows.
    ///
    /// - Throws: ``RunError`` if it does not answer them, or answers what is no number.
    func assess(_ plan: Plan, on trial: Examples) throws(RunError) -> Assessment

    /// The scores of rules that need no model, on the same rows.
    func baselines(of trial: Examples) throws(RunError) -> [(name: String, scores: Scores)]
}

/// What one model did on rows that it was not fitted to.
package struct Assessment: Sendable {
    /// The scores.
    package let scores: Scores
    /// Whether its answers are what answers of such a model can be.
    let facts: [GateVerdict.Check]
    /// What it answered.
    package let answers: Answers

    /// What a model answered, a row an example.
    package enum Answers: Sendable {
        /// How abnormal each row is (greater is more so, above 0 is reported), and whether that is reported.
        case anomalies(scores: [Double], isReported: [Bool])
        /// The forecasts, in the shape of the targets.
        case forecasts([Double])
    }
}

/// The value of a parameter of a fit.
package enum Hyperparameter: Hashable, Sendable {
    case integer(Int)
    case number(Double)
    case text(String)
}
