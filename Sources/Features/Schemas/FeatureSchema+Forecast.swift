extension FeatureSchema {
    /// The least and the most samples that a forecast may look back at: two of them make a trend, 2016 a week.
    public static let lookbacks = 2...2_016
    /// The least and the most steps that a forecast may reach ahead: a day at most.
    public static let horizons = 1...288

    /// Two hours of a cluster, from which the next hour is forecast: 24 samples of five metrics, five minutes apart.
    public static let forecast120 = forecast(lookback: 24, horizon: 12)

    /// The past of a cluster, from which what follows is forecast: samples of five metrics, five minutes apart.
    ///
    /// Columns are ordered by time, the oldest sample first, and within a sample by metric: `cpu_usage`,
    /// `memory_usage`, `disk_usage` (0 to 1), `network_in`, `network_out` (10^6 bytes a second). `cpu_usage_lag_23` is
    /// the first of 24 samples, `network_out_lag_0`, of the row's own moment, the last. The name tells the number of
    /// columns: `forecast-120` for 24 samples.
    ///
    /// - Parameters:
    ///   - lookback: how many samples a row has, one of ``lookbacks``.
    ///   - horizon: how many steps ahead its targets reach, one of ``horizons``; the columns do not depend on it.
    public static func forecast(lookback: Int, horizon: Int) -> FeatureSchema {
        precondition(lookbacks.contains(lookback) && horizons.contains(horizon), "a lookback and a horizon in bounds")
        return FeatureSchema(
            name: "\(forecastPrefix)\(lookback * forecastMetrics.count)", version: 1, step: 300,
            metrics: forecastMetrics,
            features: (0..<lookback).reversed().flatMap { lag in
                forecastMetrics.map {
                    Feature(name: "\($0.name)_lag_\(lag)", unit: $0.unit, metric: $0.name, formula: .lag(lag))
                }
            },
            horizon: horizon)
    }

    /// The schema of a name such as `forecast-240`, with the horizon of ``forecast120``; nil if it is none.
    static func forecast(named name: String) -> FeatureSchema? {
        guard name.hasPrefix(forecastPrefix), let width = Int(name.dropFirst(forecastPrefix.count)),
            width % forecastMetrics.count == 0, lookbacks.contains(width / forecastMetrics.count)
        else { return nil }
        let schema = forecast(lookback: width / forecastMetrics.count, horizon: forecast120.horizon)
        return schema.name == name ? schema : nil
    }

    private static let forecastPrefix = "forecast-"
    private static let forecastMetrics: [Metric] = [.cpuUsage, .memoryUsage, .diskUsage, .networkIn, .networkOut]
}
