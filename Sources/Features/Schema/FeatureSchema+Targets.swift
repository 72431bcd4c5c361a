extension FeatureSchema {
    /// The names of the outputs of a model that forecasts metrics, e.g. `cpu_usage_lead_1` to `cpu_usage_lead_12`:
    /// ordered by metric and then by time.
    public func outputNames(of targets: [String]) -> [String] {
        targets.flatMap { target in (0..<horizon).map { "\(target)_lead_\($0 + 1)" } }
    }
}
