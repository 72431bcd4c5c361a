package import DataSources
package import ModelStore

/// What a training run has made.
package struct RunResult: Sendable {
    /// How the model was made.
    package let recipe: any Recipe
    /// What was collected.
    package let series: BlendedSeries
    /// The rows of it.
    package let dataset: Dataset
    /// How many rows the model was fitted to.
    package let fittedCount: Int
    /// The rows that were kept back to judge by.
    package let trial: Examples
    /// How the model was judged.
    package let judgement: Judgement
    /// The version that it is.
    package let version: StoredVersion
    /// Whether it serves now.
    package let isPromoted: Bool
    /// What the trigger did, or why it could not; nil if there is none or nothing was promoted.
    package let trigger: Result<String, RunError>?
    /// How long each stage took.
    package let seconds: [RunStage: Double]
}
