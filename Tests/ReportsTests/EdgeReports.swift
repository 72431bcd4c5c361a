import Reports
import Testing

/// A report and what is odd about it.
struct NamedReport: CustomTestStringConvertible, Sendable {
    let name: String
    let value: TrainingReport
    /// The report as a page.
    let page: String

    init(name: String, value: TrainingReport) {
        self.name = name
        self.value = value
        page = value.htmlPage()
    }

    var testDescription: String { name }
}

/// Reports that have everything a report may have that is empty, huge, broken or hostile.
enum EdgeReports {
    static let all = [
        NamedReport(name: "a detector", value: SampleReports.detector()),
        NamedReport(name: "a forecaster", value: SampleReports.forecaster()),
        NamedReport(name: "nothing", value: empty), NamedReport(name: "hostile texts", value: hostile),
        NamedReport(name: "broken numbers", value: broken), NamedReport(name: "very much", value: huge),
    ]

    static let text = "</title><script>alert('1')</script>&\" onload=\"x\u{1B}[31m\u{202E}\u{0}\u{85}e\u{301}👩‍🚀"

    static var empty: TrainingReport {
        TrainingReport(
            model: ModelFacts(name: "", version: nil, writer: ""), startedAt: .min, stages: [],
            data: DataFacts(source: "", start: .max, end: .min, trainingRows: 0, heldOutRows: 0),
            schema: SchemaFacts(name: "", featureCount: 0, metrics: []),
            fit: FitFacts(estimator: "", parameters: [], seed: 0), scores: ScoreTable(contenders: [], scores: []),
            decision: Decision(.saved, reasons: [], checks: []), figures: figures(count: 0, name: "", value: 0))
    }

    static var hostile: TrainingReport {
        var report = SampleReports.detector()
        report.model = ModelFacts(name: text, version: text, writer: text)
        report.stages = [Stage(text, seconds: 1)]
        report.data.source = text
        report.data.notices = [text]
        report.schema.name = text
        report.schema.metrics = [.init(name: text, unit: text, query: text, sampleCount: 1)]
        report.fit = FitFacts(estimator: text, parameters: [.init(text, text)], seed: -1, splitter: text)
        report.scores = ScoreTable(contenders: [text, text], scores: [.init(text, better: .lower, [1, 2, 3])])
        report.decision = Decision(.rejected, reasons: [text], checks: [.init(text, found: text, isPassed: false)])
        report.warnings = [text, String(repeating: "x", count: 100_000)]
        report.figures = figures(count: 5, name: text, value: 1)
        return report
    }

    static var broken: TrainingReport {
        var report = SampleReports.detector()
        report.stages = [
            Stage("never", seconds: .nan), Stage("always", seconds: -1), Stage("long", seconds: .infinity),
        ]
        report.scores.scores = [
            .init("F1", better: .higher, [.nan]), .init("MAE", better: .lower, [.infinity, 0, -1, nil]),
        ]
        report.figures = [Double.nan, .infinity, -1e300, .leastNonzeroMagnitude].flatMap {
            figures(count: 7, name: "x", value: $0)
        }
        return report
    }

    static var huge: TrainingReport {
        var report = SampleReports.detector()
        let many = (0..<5_000).map { "\(text) \($0)" }
        report.warnings = many
        report.data.notices = many
        report.decision.reasons = many
        report.schema.metrics = many.map { .init(name: $0, unit: "", query: $0, sampleCount: 1) }
        report.fit.parameters = many.map { .init($0, $0) }
        var draw = SampleReports.Draw(seed: 1)
        let times = (0..<60_000).map { $0 * 60 }
        let values = times.map { _ in draw.normal() }
        let names = (0..<20).map { "series \($0)" }
        report.figures = [
            .anomalyTimeline(
                AnomalyTimeline(
                    times: times, series: names.map { .init(name: $0, unit: "MB/s", values: values) },
                    anomalies: Array(stride(from: 0, to: 60_000, by: 3)),
                    faults: times.prefix(5_000).map { .init(name: "fault", start: $0 * 60, end: $0 * 60 + 30) })),
            .forecast(
                ForecastComparison(
                    target: "cpu", unit: "", horizon: "1 h", times: times.map { $0 / 100 }, actual: values,
                    candidate: .init(name: "candidate", values: values),
                    naive: names.map { .init(name: $0, values: values) })),
            .scoreDistribution(
                ScoreDistribution(
                    scoreName: "score", normal: values, anomalous: values, groundTruth: "labels", threshold: 0)),
            .rankingCurve(
                RankingCurve(
                    .roc,
                    curves: names.map { name in
                        .init(name: name, points: times.map { .init(x: Double($0) / 3.6e6, y: 0.5) }, area: 0.5)
                    })),
            .importances(FeatureImportances(method: "", features: many.enumerated().map { .init($1, Double($0)) })),
            .coverage(
                DataCoverage(
                    start: 0, end: 3_600_000,
                    metrics: names.map { name in
                        .init(
                            name: name, found: 1, expected: 60_000,
                            gaps: times.prefix(50_000).map { .init(start: $0, end: $0 + 30) })
                    })),
        ]
        return report
    }

    /// One of each figure, with lists of different lengths.
    static func figures(count: Int, name: String, value: Double) -> [Figure] {
        let times = (0..<count).map { $0 == 3 ? .max : $0 * 300 }
        let values = [Double](repeating: value, count: count)
        return [
            .scoreDistribution(
                ScoreDistribution(
                    scoreName: name, normal: values, anomalous: [value], groundTruth: name, threshold: value)),
            .anomalyTimeline(
                AnomalyTimeline(
                    times: times,
                    series: [
                        .init(name: name, unit: name, values: values + values),
                        .init(name: name, unit: "ratio", values: []),
                    ],
                    anomalies: [-1, 0, 2, 99], faults: [.init(name: name, start: 9, end: 3)])),
            .forecast(
                ForecastComparison(
                    target: name, unit: name, horizon: name, times: times, actual: values,
                    candidate: .init(name: name, values: values + [1]), champion: .init(name: name, values: []),
                    naive: [.init(name: name, values: values.dropLast())])),
            .rankingCurve(
                RankingCurve(
                    .precisionRecall, curves: [.init(name: name, points: [.init(x: value, y: value)], area: value)],
                    baseRate: value)),
            .importances(FeatureImportances(method: name, features: [.init(name, value), .init(name, -value)])),
            .coverage(
                DataCoverage(
                    start: times.first ?? 5, end: times.last ?? -5,
                    metrics: [
                        .init(
                            name: name, found: count, expected: 0,
                            gaps: [.init(start: .min, end: .max), .init(start: 5, end: 1)])
                    ])),
        ]
    }
}
