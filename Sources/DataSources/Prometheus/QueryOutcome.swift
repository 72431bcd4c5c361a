import Features

/// What came of a query.
struct QueryOutcome: Sendable {
    let query: MetricQuery
    /// The values in the metric's unit, NaN where there are none.
    private(set) var values: [Double]
    /// Why Prometheus refused a part of it; nil if it did not.
    private(set) var refusal: String?
    /// What Prometheus remarked besides.
    private(set) var warnings: [String]

    init(_ query: MetricQuery, values: [Double] = [], warnings: [String] = []) {
        self.query = query
        self.values = values
        self.warnings = warnings
    }

    init(_ query: MetricQuery, refusal: String, count: Int) {
        self.init(query, values: Array(repeating: .nan, count: count))
        self.refusal = refusal
    }

    /// The share of moments that have a value.
    var coverage: Double { values.isEmpty ? 0 : Double(values.count { $0.isFinite }) / Double(values.count) }

    /// Takes what came of the same query for the moments that follow.
    mutating func append(_ later: QueryOutcome) {
        values += later.values
        refusal = refusal ?? later.refusal
        warnings += later.warnings
    }
}

/// What came of a metric's queries so far.
struct MetricCandidates: Sendable {
    let metric: Metric
    /// The outcome of each query that was tried, in order.
    private(set) var outcomes: [QueryOutcome] = []

    init(metric: Metric) { self.metric = metric }

    mutating func add(_ outcome: QueryOutcome) { outcomes.append(outcome) }

    /// The first of those that cover most.
    var best: QueryOutcome? {
        outcomes.max { $0.coverage < $1.coverage }.flatMap { best in
            outcomes.first { $0.coverage == best.coverage }
        }
    }

    /// The share of moments that have a value.
    var coverage: Double { best?.coverage ?? 0 }
}
