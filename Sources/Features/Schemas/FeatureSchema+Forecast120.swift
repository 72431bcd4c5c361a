extension FeatureSchema {
    /// Two hours of a cluster, from which the next hour is forecast: 24 samples of five metrics, five minutes apart.
    ///
    /// Columns are ordered by time, the oldest sample first, and within a sample by metric: `cpu_usage`,
    /// `memory_usage`, `disk_usage` (0 to 1), `network_in`, `network_out` (10^6 bytes a second). `cpu_usage_lag_23` is
    /// the first, `network_out_lag_0`, of the row's own moment, the last. Targets are the 12 samples that follow.
    public static let forecast120 = FeatureSchema(
        name: "forecast-120", version: 1, step: 300, metrics: forecastMetrics,
        features: (0..<24).reversed().flatMap { lag in
            forecastMetrics.map {
                Feature(name: "\($0.name)_lag_\(lag)", unit: $0.unit, metric: $0.name, formula: .lag(lag))
            }
        },
        horizon: 12)

    private static let forecastMetrics: [Metric] = [.cpuUsage, .memoryUsage, .diskUsage, .networkIn, .networkOut]
}
