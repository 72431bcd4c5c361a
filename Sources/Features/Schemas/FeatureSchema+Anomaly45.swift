extension FeatureSchema {
    /// The vector of the coordination engine's anomaly analysis: five metrics, and of each nine columns.
    ///
    /// As the engine sends it, a step is a minute: `lag_1` is the value of a minute ago, `lag_5` that of five minutes
    /// ago, and `_5m` stands for the five values of the last five minutes. So is it fitted: to values of each minute,
    /// not to values of each five minutes that were repeated. `std_5m` is the population's, as `stddev_over_time`
    /// computes it, and `pct_change` is 0 where the value a minute ago was.
    public static let anomaly45 = FeatureSchema(
        name: "anomaly-45", version: 1, step: 60, metrics: anomaly45Metrics,
        features: anomaly45Metrics.flatMap { metric in
            anomaly45Columns.map { suffix, formula in
                Feature(
                    name: "\(metric.name)_\(suffix)", unit: suffix == "pct_change" ? "ratio" : metric.unit,
                    metric: metric.name, formula: formula)
            }
        })

    private static let anomaly45Metrics: [Metric] = [
        .nodeCPUUtilization, .nodeMemoryUtilization, .podCPUUsage, .podMemoryUsage, .containerRestartCount,
    ]

    private static let anomaly45Columns: [(String, Formula)] = [
        ("value", .lag(0)),
        ("mean_5m", .rolling(.mean, window: 5)),
        ("std_5m", .rolling(.standardDeviation, window: 5)),
        ("min_5m", .rolling(.minimum, window: 5)),
        ("max_5m", .rolling(.maximum, window: 5)),
        ("lag_1", .lag(1)),
        ("lag_5", .lag(5)),
        ("diff", .difference(lag: 1)),
        ("pct_change", .relativeChange(lag: 1)),
    ]
}
