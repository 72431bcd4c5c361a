import Reports

extension SampleReports {
    /// A detector that passed its gate, trained from Prometheus with some gaps.
    static func detector(seed: UInt64 = 42) -> TrainingReport {
        TrainingReport(
            model: ModelFacts(name: "anomaly-detector", version: "v7", writer: "apus 0.4.0"),
            startedAt: start + week,
            stages: [
                Stage("collect", seconds: 1.312), Stage("features", seconds: 0.0119), Stage("fit", seconds: 0.0512),
                Stage("gate", seconds: 0.0921), Stage("save", seconds: 0.0348), Stage("promote", seconds: 0.0042),
            ],
            data: detectorData, schema: detectorSchema, fit: detectorFit, scores: detectorScores,
            decision: detectorDecision, figures: detectorFigures(seed: seed))
    }

    private static var detectorData: DataFacts {
        DataFacts(
            source: "prometheus https://prometheus-k8s.monitoring.svc:9091, 80% real, 20% synthetic", start: start,
            end: start + week, trainingRows: 1_411, heldOutRows: 605,
            notices: [
                "memory_usage: 60 samples are missing from 2026-11-13 03:00 to 08:00; those rows are left out",
                "network_in: 2 counter resets",
            ])
    }

    private static var detectorSchema: SchemaFacts {
        SchemaFacts(
            name: "metrics-5", featureCount: 5,
            metrics: [
                .init(
                    name: "cpu_usage", unit: "ratio",
                    query: "avg(rate(node_cpu_seconds_total{mode!=\"idle\"}[5m]))",
                    candidate: 2, candidateCount: 3, seriesCount: 6, sampleCount: 2_016),
                .init(
                    name: "memory_usage", unit: "ratio",
                    query: "avg(1 - node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes)",
                    candidateCount: 2,
                    seriesCount: 6, sampleCount: 1_956),
                .init(
                    name: "network_in", unit: "MB/s",
                    query: "sum(rate(container_network_receive_bytes_total[5m])) / 1e6", candidateCount: 2,
                    seriesCount: 48, sampleCount: 2_016),
            ])
    }

    private static var detectorFit: FitFacts {
        FitFacts(
            estimator: "Pipeline(RobustScaler, IsolationForest)",
            parameters: [
                .init("n_estimators", "200"), .init("contamination", "0.05"), .init("max_samples", "auto (256)"),
                .init("max_features", "1.0"),
            ], seed: 42, splitter: "exact")
    }

    private static var detectorScores: ScoreTable {
        ScoreTable(
            contenders: ["candidate", "champion v6", "3-sigma rule"],
            scores: [
                .init("precision", better: .higher, [0.9312, 0.9241, 0.5120]),
                .init("recall", better: .higher, [0.8710, 0.8523, 0.9011]),
                .init("F1", better: .higher, [0.9001, 0.8867, 0.6530]),
                .init("ROC-AUC", better: .higher, [0.9874, 0.9861, nil]),
                .init("PR-AUC", better: .higher, [0.9412, 0.9455, nil]),
                .init("flagged", better: nil, [0.0512, 0.0497, 0.1204]),
            ])
    }

    private static var detectorDecision: Decision {
        Decision(
            .promoted, reasons: ["F1 is 0.900, 0.013 above that of v6 on the same 605 rows."],
            checks: [
                .init("F1 is at least 0.80", found: "0.900", isPassed: true),
                .init("F1 is not more than 0.02 below the champion's", found: "+0.013", isPassed: true),
                .init("every answer is 1 or −1", found: "605 of 605", isPassed: true),
                .init("the written file reads back equal", found: "equal", isPassed: true),
            ])
    }

    private static func detectorFigures(seed: UInt64) -> [Figure] {
        var draw = Draw(seed: seed)
        let normalScores = (0..<1_900).map { _ in -0.42 - 0.05 * abs(draw.normal()) }
        let anomalyScores = (0..<116).map { _ in -0.58 - 0.06 * draw.normal() }
        return [
            .scoreDistribution(
                ScoreDistribution(
                    scoreName: "score_samples", normal: normalScores, anomalous: anomalyScores,
                    groundTruth: "labels", threshold: -0.516)),
            .importances(
                FeatureImportances(
                    method: "the number of splits",
                    features: [
                        .init("cpu_usage", 0.312), .init("memory_usage", 0.248), .init("pod_restarts", 0.061),
                        .init("network_in", 0.201), .init("network_out", 0.178),
                    ])),
            .anomalyTimeline(timeline(&draw)),
            .rankingCurve(
                RankingCurve(
                    .roc,
                    curves: [
                        .init(name: "candidate", points: rocPoints(18), area: 0.9874),
                        .init(name: "champion v6", points: rocPoints(12), area: 0.9861),
                    ])),
            .rankingCurve(
                RankingCurve(
                    .precisionRecall,
                    curves: [
                        .init(name: "candidate", points: precisionPoints(5), area: 0.9412),
                        .init(name: "champion v6", points: precisionPoints(4), area: 0.9455),
                    ], baseRate: 0.0576)),
            .coverage(coverage),
        ]
    }

    private static func timeline(_ draw: inout Draw) -> AnomalyTimeline {
        let times = (0..<2_016).map { start + $0 * 300 }
        let faults = [
            AnomalyTimeline.Fault(name: "cpu spike", start: start + 90_000, end: start + 97_200),
            AnomalyTimeline.Fault(name: "memory leak", start: start + 250_000, end: start + 290_000),
            AnomalyTimeline.Fault(name: "restart storm", start: start + 480_000, end: start + 484_000),
        ]
        let isFaulty = times.map { time in faults.contains { $0.start <= time && time <= $0.end } }
        let cpu = times.indices.map { index in
            let daily = 0.3 + 0.15 * draw.wave(index, period: 288)
            return min(1, max(0, daily + 0.05 * draw.normal() + (isFaulty[index] ? 0.35 : 0)))
        }
        let memory = times.indices.map { index in
            let value = 0.5 + 0.00008 * Double(index) + 0.02 * draw.normal() + (isFaulty[index] ? 0.2 : 0)
            return (900..<960).contains(index) ? Double.nan : value
        }
        let network = times.indices.map { 80 + 30 * draw.wave($0, period: 144) + 12 * abs(draw.normal()) }
        let anomalies = times.indices.filter { isFaulty[$0] ? draw.uniform() < 0.7 : draw.uniform() < 0.008 }
        return AnomalyTimeline(
            times: times,
            series: [
                .init(name: "cpu_usage", unit: "ratio", values: cpu),
                .init(name: "memory_usage", unit: "ratio", values: memory),
                .init(name: "network_in", unit: "MB/s", values: network),
            ], anomalies: anomalies, faults: faults)
    }

    private static var coverage: DataCoverage {
        DataCoverage(
            start: start, end: start + week,
            metrics: [
                .init(name: "cpu_usage", found: 2_016, expected: 2_016),
                .init(
                    name: "memory_usage", found: 1_956, expected: 2_016,
                    gaps: [.init(start: start + 270_000, end: start + 288_000)]),
                .init(
                    name: "network_in", found: 1_990, expected: 2_016,
                    gaps: [
                        .init(start: start + 100_000, end: start + 106_000),
                        .init(start: start + 400_000, end: start + 401_800),
                    ]),
            ])
    }

    private static func rocPoints(_ steepness: Double) -> [RankingCurve.Curve.Point] {
        (0...200).map { index in
            let x = Double(index) / 200
            return .init(x: x * x, y: x * x * (1 + steepness) / (1 + steepness * x * x))
        }
    }

    private static func precisionPoints(_ power: Int) -> [RankingCurve.Curve.Point] {
        (0...200).map { index in
            let recall = Double(index) / 200
            return .init(x: recall, y: 1 - 0.94 * (0..<2 * power).reduce(1.0) { product, _ in product * recall })
        }
    }
}
