package import Estimators
package import Features
package import Inference
import Tensors
package import Training

/// The anomaly detector of the platform: `Pipeline(RobustScaler, IsolationForest)`.
package struct AnomalyDetectorRecipe: Recipe {
    package let schema: FeatureSchema
    package let seed: UInt32
    /// The number of trees.
    package let treeCount: Int
    /// The share of the rows that are reported, above 0 and at most 0.5.
    package let contamination: Double
    package let gate: Gate

    package var targets: [String] { [] }
    package var estimatorName: String { "Pipeline(RobustScaler, IsolationForest)" }

    /// Three tenths of the rows are kept back, drawn over all times so that both parts have anomalies in the same
    /// proportion. What is fitted knows no labels, so it learns nothing of them from the rows around those kept back.
    private static let trialShare = 0.3
    /// The fewest known anomalies among the rows kept back by which a score says anything.
    private static let fewestAnomalies = 5

    /// A recipe.
    package init(
        schema: FeatureSchema = .metrics5, treeCount: Int = 200, contamination: Double = 0.05, seed: UInt32 = 42,
        gate: Gate = Gate(floors: [Gate.Floor("roc_auc", 0.7), Gate.Floor("f1", 0.3)], decisiveScore: "f1")
    ) {
        self.schema = schema
        self.treeCount = treeCount
        self.contamination = contamination
        self.seed = seed
        self.gate = gate
    }

    package var hyperparameters: [(name: String, value: Hyperparameter)] {
        [("n_estimators", .integer(treeCount)), ("contamination", .number(contamination))]
    }

    package func divide(_ dataset: Dataset) throws(RunError) -> (fitting: Examples, trial: Examples) {
        let labels = dataset.segments.flatMap(\.rows.isAnomaly).map { $0 ?? false }
        let split: TrainTestSplit
        do throws(TrainingError) {
            split = try TrainTestSplit.stratified(
                by: .int64(labels.map { $0 ? 1 : 0 }), test: .share(Self.trialShare), seed: seed)
        } catch {
            throw RunError(
                .tooFewRows, "\(labels.count) rows with \(labels.count(where: \.self)) known anomalies: \(error)")
        }
        let trial = Examples(dataset, split.test)
        let anomalyCount = trial.isAnomaly.count(where: \.self)
        guard anomalyCount >= Self.fewestAnomalies else {
            throw RunError(
                .tooFewRows,
                """
                only \(anomalyCount) of the \(trial.count) rows to judge by are known anomalies, and \
                \(Self.fewestAnomalies) are needed: take a longer window, or blend in synthetic data
                """)
        }
        return (Examples(dataset, split.train), trial)
    }

    package func fit(_ examples: Examples, _ execution: FitExecution) throws(RunError) -> Pipeline {
        let scaler: RobustScaler
        do throws(TrainingError) { scaler = try RobustScalerFit(examples.rows).scaler() } catch {
            throw RunError(error)
        }
        let rows = try Matrix(scaling: examples.rows, by: scaler)
        var parameters = IsolationForestParameters(seed: seed)
        parameters.treeCount = treeCount
        parameters.contamination = contamination
        do throws(TrainingError) {
            let forest = try IsolationForestFit(rows, parameters: parameters, execution: execution)
            return Pipeline(("scaler", scaler), ("isolation_forest", forest.estimator))
        } catch {
            throw RunError(error)
        }
    }

    package func assess(_ plan: Plan, on trial: Examples) throws(RunError) -> Assessment {
        let decisions = try plan.numbers(.decisionFunction, trial.rows)
        let isReported = decisions.map { $0 < 0 }
        let scores = decisions.map { -$0 }
        do throws(TrainingError) {
            let counts = try ConfusionCounts(actual: trial.isAnomaly, predicted: isReported, positive: true)
            let receiver = try ROCCurve(isPositive: trial.isAnomaly, scores: scores)
            let precision = try PrecisionRecallCurve(isPositive: trial.isAnomaly, scores: scores)
            return Assessment(
                scores: Scores([
                    .ascending("f1", counts.f1()), .ascending("precision", counts.precision()),
                    .ascending("recall", counts.recall()), .ascending("roc_auc", receiver.area ?? .nan),
                    .ascending("pr_auc", precision.averagePrecision),
                ]),
                facts: [reportsSome(isReported)], answers: .anomalies(scores: scores, isReported: isReported))
        } catch {
            throw RunError(.unusableModel, "the model's answers cannot be scored: \(error)")
        }
    }

    /// A detector that reports nothing, or nearly everything, is broken, whatever its scores.
    private func reportsSome(_ isReported: [Bool]) -> GateVerdict.Check {
        let share = Double(isReported.count(where: \.self)) / Double(isReported.count)
        let most = min(1, 5 * contamination)
        return GateVerdict.Check(
            sentence:
                "\((share * 1000).rounded() / 10) % of the rows are reported; it must be above 0 and at most "
                + "\((most * 1000).rounded() / 10) %",
            isPassed: share > 0 && share <= most)
    }

    package func baselines(of trial: Examples) -> [(name: String, scores: Scores)] { [] }
}
