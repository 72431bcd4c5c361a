extension TrainingReport {
    /// The report for programs: every fact, with numbers in full; series are thinned as they are for the eye.
    package var fields: [ReportField] {
        [
            ReportField("model", model.name),
            ReportField("version", model.version.map { .text($0) } ?? .null),
            ReportField("writer", model.writer),
            ReportField("started", time: startedAt),
            ReportField("seconds", seconds),
            ReportField(
                "stages", objects: stages.map { [ReportField("name", $0.name), ReportField("seconds", $0.seconds)] }),
            ReportField("warnings", warnings),
            ReportField("decision", .fields(decision.fields)),
            ReportField("scores", objects: scores.fields),
            ReportField("data", .fields(data.fields)),
            ReportField("schema", .fields(schema.fields)),
            ReportField("fit", .fields(fit.fields)),
            ReportField("figures", objects: figures.map(\.fields)),
        ]
    }
}

extension Decision {
    fileprivate var fields: [ReportField] {
        [
            ReportField("outcome", outcome.rawValue),
            ReportField("reasons", reasons),
            ReportField(
                "checks",
                objects: checks.map { check in
                    [
                        ReportField("requirement", check.requirement), ReportField("found", check.finding),
                        ReportField("passed", .bool(check.isPassed)),
                    ]
                }),
        ]
    }
}

extension ScoreTable {
    fileprivate var fields: [[ReportField]] {
        scores.map { score in
            let values = zip(contenders, score.values).map { ReportField($0, $1.map { .number($0) } ?? .null) }
            return [
                ReportField("name", score.name),
                ReportField("better", score.better.map { .text($0.rawValue) } ?? .null),
                ReportField("values", map: values),
            ]
        }
    }
}

extension DataFacts {
    fileprivate var fields: [ReportField] {
        [
            ReportField("source", source), ReportField("start", time: start), ReportField("end", time: end),
            ReportField("training_rows", trainingRows), ReportField("held_out_rows", heldOutRows),
            ReportField("notices", notices),
        ]
    }
}

extension SchemaFacts {
    fileprivate var fields: [ReportField] {
        [
            ReportField("name", name), ReportField("features", featureCount),
            ReportField(
                "metrics",
                objects: metrics.map { metric in
                    [
                        ReportField("name", metric.name), ReportField("unit", metric.unit),
                        ReportField("query", metric.query.map { .text($0) } ?? .null),
                        ReportField("candidate", metric.candidate), ReportField("candidates", metric.candidateCount),
                        ReportField("series", metric.seriesCount), ReportField("samples", metric.sampleCount),
                    ]
                }),
        ]
    }
}

extension FitFacts {
    fileprivate var fields: [ReportField] {
        [
            ReportField("estimator", estimator),
            ReportField("parameters", map: parameters.map { ReportField($0.name, $0.value) }),
            ReportField("seed", seed), ReportField("splitter", splitter.map { .text($0) } ?? .null),
        ]
    }
}
