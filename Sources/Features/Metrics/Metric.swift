/// A quantity that schemas compute features of: its name, its unit, and the queries that measure it.
public struct Metric: Hashable, Sendable {
    /// The name of its series, e.g. `cpu_usage`.
    public let name: String
    /// What its values count, e.g. `ratio` or `MB/s`.
    public let unit: String
    /// The queries that measure it, the preferred one first; what a cluster records decides which of them answers.
    public let queries: [MetricQuery]

    /// A metric; one without queries comes from files only.
    public init(name: String, unit: String, queries: [MetricQuery] = []) {
        self.name = name
        self.unit = unit
        self.queries = queries
    }
}

/// A PromQL query that measures a metric.
public struct MetricQuery: Hashable, Sendable {
    /// How the series that an expression selects become one.
    public enum Aggregation: String, Hashable, Sendable {
        /// The arithmetic mean, for shares of something.
        case average = "avg"
        /// The sum, for amounts.
        case sum
        /// The greatest value.
        case maximum = "max"
    }

    /// What is measured, as one series or several.
    public let expression: String
    /// How several series become one.
    public let aggregation: Aggregation
    /// What the aggregate is multiplied by, to be in the metric's unit.
    public let scale: Double

    /// A query; its expression must not have raw counters, which grow for ever, but their `rate()`.
    public init(_ aggregation: Aggregation, _ expression: String, scale: Double = 1) {
        self.expression = expression
        self.aggregation = aggregation
        self.scale = scale
    }

    /// The whole query: one series, or none where nothing is measured.
    ///
    /// A single `NaN`, such as 0 / 0 for one node, would otherwise make the aggregate over all nodes `NaN`; the two
    /// comparisons keep finite values only.
    public var promQL: String { "\(aggregation.rawValue)((\(expression)) > -Inf < +Inf)" }
}
