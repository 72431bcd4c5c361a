import Reports

extension SampleReports {
    /// A forecaster that failed its gate, trained on synthetic data because Prometheus could not be used.
    static func forecaster(seed: UInt64 = 7) -> TrainingReport {
        var draw = Draw(seed: seed)
        let times = (0..<1_728).map { start + $0 * 300 }
        let actual = times.indices.map { 0.35 + 0.18 * draw.wave($0, period: 288) + 0.03 * draw.normal() }
        func shifted(_ count: Int) -> [Double] { actual.indices.map { $0 < count ? .nan : actual[$0 - count] } }
        let forecast = actual.indices.map { 0.35 + 0.17 * draw.wave($0, period: 288) + 0.008 * draw.normal() }
        let names = ["cpu", "memory", "disk", "network_in", "network_out"]
        var report = detector(seed: seed)
        report.model = ModelFacts(name: "predictive-analytics", version: "v12", writer: "apus 0.4.0")
        report.warnings = [
            "Prometheus at https://prometheus-k8s.monitoring.svc:9091 could not be used (connection refused): all rows "
                + "are synthetic. The model has not seen this cluster."
        ]
        report.data = DataFacts(
            source: "synthetic, seed 42", start: start, end: start + 30 * 86_400, trainingRows: 6_912,
            heldOutRows: 1_728)
        report.schema = SchemaFacts(
            name: "forecast-120", featureCount: 120,
            metrics: names.map { .init(name: $0, unit: "ratio", query: nil, sampleCount: 8_640) })
        report.fit = FitFacts(
            estimator: "Pipeline(StandardScaler, RandomForestRegressor)",
            parameters: [
                .init("n_estimators", "100"), .init("max_depth", "20"), .init("min_samples_split", "5"),
                .init("min_samples_leaf", "2"),
            ], seed: 42, splitter: "histogram")
        report.scores = ScoreTable(
            contenders: ["candidate", "champion v11", "last value", "same time yesterday"],
            scores: [
                .init("MAE", better: .lower, [0.02461, 0.02280, 0.03712, 0.03298]),
                .init("RMSE", better: .lower, [0.03120, 0.02907, 0.04820, 0.04151]),
                .init("MASE", better: .lower, [0.663, 0.614, 1, 0.888]),
                .init("R²", better: .higher, [0.9132, 0.9246, 0.7917, 0.8454]),
            ])
        report.decision = Decision(
            .rejected,
            reasons: ["Its MAE is 8% above that of v11 on the same rows, and 5% are allowed: v11 goes on serving."],
            checks: [
                .init("MASE is below 1", found: "0.663", isPassed: true),
                .init("MAE is not more than 5% above the champion's", found: "+8%", isPassed: false),
                .init("every forecast is finite and from 0 to 1", found: "20 736 of 20 736", isPassed: true),
            ])
        report.figures = [
            .forecast(
                ForecastComparison(
                    target: "cpu_usage", unit: "ratio", horizon: "1 h", times: times, actual: actual,
                    candidate: .init(name: "candidate", values: forecast),
                    naive: [
                        .init(name: "last value", values: shifted(12)),
                        .init(name: "same time yesterday", values: shifted(288)),
                    ])),
            .importances(
                FeatureImportances(
                    method: "the mean decrease in impurity",
                    features: (0..<120).map { index in
                        .init("\(names[index % 5])[t−\(24 - index / 5)]", draw.uniform() * draw.uniform() / 40)
                    })),
        ]
        return report
    }
}
