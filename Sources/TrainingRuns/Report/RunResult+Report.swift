import DataSources
import Features
import ModelStore
package import Reports
import Tensors

extension RunResult {
    /// What the run did, for people and for programs.
    ///
    /// - Parameters:
    ///   - startedAt: when it began, in seconds since 1970-01-01 00:00 UTC.
    ///   - writer: the program that ran it.
    package func report(startedAt: Int, writer: String) -> TrainingReport {
        TrainingReport(
            model: ModelFacts(
                name: version.name.text, version: version.version.description, writer: writer),
            startedAt: startedAt,
            stages: RunStage.allCases.compactMap { stage in
                seconds[stage].map { Stage(stage.rawValue, seconds: $0) }
            },
            data: dataFacts, schema: schemaFacts, fit: fitFacts, scores: scoreTable, decision: decision,
            figures: RunFigures(self).all, warnings: warnings)
    }

    private var warnings: [String] {
        guard case .failure(let error) = trigger else { return series.notices }
        return ["\(version.version) is promoted, but the trigger failed: \(error.message)"] + series.notices
    }

    private var dataFacts: DataFacts {
        let grids = dataset.segments.map(\.series.grid)
        let sources = dataset.segments.map { "\($0.source) (\($0.rows.count) rows)" }
        return DataFacts(
            source: sources.joined(separator: ", "), start: grids.map(\.start).min() ?? 0,
            end: grids.map { $0.time(max(0, $0.count - 1)) }.max() ?? 0,
            trainingRows: fittedCount, heldOutRows: trial.count)
    }

    private var schemaFacts: SchemaFacts {
        SchemaFacts(
            name: recipe.schema.name, featureCount: recipe.schema.features.count,
            metrics: series.origins.map { origin in
                SchemaFacts.Metric(
                    name: origin.metric, unit: origin.unit, query: origin.query ?? origin.source,
                    sampleCount: origin.valueCount)
            })
    }

    private var fitFacts: FitFacts {
        FitFacts(
            estimator: recipe.estimatorName,
            parameters: recipe.hyperparameters.map { FitFacts.Parameter($0.name, $0.value.text) },
            seed: Int(recipe.seed))
    }

    /// The candidate first, then what it was compared with.
    private var scoreTable: ScoreTable {
        let champion = judgement.champion?.scores.map { [("champion", $0)] } ?? []
        let contenders =
            [("candidate", judgement.candidate.scores)] + champion + judgement.baselines.map { ($0.name, $0.scores) }
        return ScoreTable(
            contenders: contenders.map(\.0),
            scores: judgement.candidate.scores.all.map { score in
                ScoreTable.Score(
                    score.name, better: score.direction == .ascending ? .higher : .lower,
                    contenders.map { $0.1[score.name]?.value })
            })
    }

    private var decision: Decision {
        let outcome: Decision.Outcome = isPromoted ? .promoted : judgement.verdict.isPassed ? .saved : .rejected
        var reasons = judgement.verdict.objections
        if case .failure(let error) = judgement.champion?.result {
            reasons.append("the champion could not be compared: \(error.message)")
        }
        if case .success(let sentence) = trigger { reasons.append(sentence) }
        return Decision(
            outcome, reasons: reasons,
            checks: judgement.verdict.checks.map {
                Decision.Check($0.sentence, found: $0.isPassed ? "holds" : "does not hold", isPassed: $0.isPassed)
            })
    }
}

extension Hyperparameter {
    /// The value, for people.
    fileprivate var text: String {
        switch self {
        case .integer(let value): "\(value)"
        case .number(let value): "\(value)"
        case .text(let value): value
        }
    }
}
