extension FeatureSchema {
    /// The state of a cluster in five values: the default of the anomaly detector.
    ///
    /// Columns: `cpu_usage` and `memory_usage` (0 to 1), `pod_restarts` (per second), `network_in` and `network_out`
    /// (10^6 bytes a second), every five minutes.
    public static let metrics5 = FeatureSchema(
        name: "metrics-5", values: [.cpuUsage, .memoryUsage, .podRestarts, .networkIn, .networkOut])

    /// The five values of ``metrics5``, and `pods_not_running`, the share of pods that are neither Running nor
    /// Succeeded (0 to 1).
    public static let metrics6 = FeatureSchema(name: "metrics-6", values: metrics5.metrics + [.podsNotRunning])

    private init(name: String, values metrics: [Metric]) {
        self.init(
            name: name, version: 1, step: 300, metrics: metrics,
            features: metrics.map { Feature(name: $0.name, unit: $0.unit, metric: $0.name, formula: .lag(0)) })
    }
}
