package import DataSources
import Features
package import ModelStore
import Tensors

/// What a version says of the run that made it.
struct RunMetadata {
    private let saving: Saving
    private let judgement: Judgement
    private var recipe: any Recipe { saving.run.recipe }

    init(_ saving: Saving, _ judgement: Judgement) {
        self.saving = saving
        self.judgement = judgement
    }

    var details: ModelDetails {
        var details = ModelDetails()
        details.features = features
        details.data = data
        details.seed = Int(recipe.seed)
        details.hyperparameters = .object(
            JSONValue.Object(recipe.hyperparameters.map { JSONValue.Object.Member($0.name, $0.value.json) }))
        details.scores = judgement.candidate.scores.json
        details.champion = champion
        details.other["gate"] = gate
        return details
    }

    /// The schema, and which query answered for each metric: what whoever asks the model has to compute, too.
    private var features: JSONValue {
        var object: JSONValue.Object = [
            "schema": .string(recipe.schema.name), "version": .integer(recipe.schema.version),
            "step_seconds": .integer(recipe.schema.step),
            "names": .array(recipe.schema.featureNames.map(JSONValue.string)),
            "metrics": .array(saving.series.origins.map(\.json)),
        ]
        if !recipe.targets.isEmpty {
            object["outputs"] = .array(recipe.schema.outputNames(of: recipe.targets).map(JSONValue.string))
        }
        return .object(object)
    }

    private var data: JSONValue {
        let segments: [JSONValue] = saving.dataset.segments.map { segment in
            [
                "source": .string(segment.source),
                "start": .string(Timestamp(seconds: segment.series.grid.start).iso8601),
                "end": .string(
                    Timestamp(seconds: segment.series.grid.time(max(0, segment.series.rowCount - 1))).iso8601),
                "rows": .integer(segment.rows.count),
                "filled_values": .integer(segment.rows.counts.filledValues),
                "moments_with_missing_values": .integer(segment.rows.counts.withMissingValues),
            ]
        }
        return [
            "segments": .array(segments), "fitted_rows": .integer(saving.division.fitting.count),
            "judged_rows": .integer(saving.division.trial.count),
            "notices": .array(saving.series.notices.map(JSONValue.string)),
        ]
    }

    private var champion: JSONValue? {
        judgement.champion.map { champion in
            var object: JSONValue.Object = [
                "version": champion.version.map { .integer($0.number) } ?? .null
            ]
            switch champion.result {
            case .success(let assessment): object["scores"] = assessment.scores.json
            case .failure(let error): object["not_compared"] = .string(error.message)
            }
            return .object(object)
        }
    }

    private var gate: JSONValue {
        [
            "passed": .bool(judgement.verdict.isPassed),
            "checks": .array(
                judgement.verdict.checks.map { ["check": .string($0.sentence), "passed": .bool($0.isPassed)] }),
        ]
    }
}

extension Scores {
    /// An object of the scores by name.
    package var json: JSONValue {
        .object(JSONValue.Object(all.map { JSONValue.Object.Member($0.name, .double($0.value)) }))
    }
}

extension Hyperparameter {
    fileprivate var json: JSONValue {
        switch self {
        case .integer(let value): .integer(value)
        case .number(let value): .double(value)
        case .text(let value): .string(value)
        }
    }
}

extension MetricOrigin {
    /// Where a metric's values come from.
    package var json: JSONValue {
        var object: JSONValue.Object = [
            "name": .string(metric), "unit": .string(unit), "source": .string(source), "values": .integer(valueCount),
        ]
        if let query { object["query"] = .string(query) }
        if scale != 1 { object["scale"] = .double(scale) }
        return .object(object)
    }
}
