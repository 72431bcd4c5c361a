/// Where the rows came from.
package struct DataFacts: Hashable, Sendable {
    /// The source, e.g. `prometheus https://prometheus:9090, 80% real, 20% synthetic`.
    package var source: String
    /// The window from which samples were taken, in seconds since 1970 UTC.
    package var start: Int
    /// The end of the window, in seconds since 1970 UTC.
    package var end: Int
    /// The rows that the model was fitted to.
    package var trainingRows: Int
    /// The rows that it was tested on.
    package var heldOutRows: Int
    /// What the source had to say, such as gaps and counter resets.
    package var notices: [String]

    /// Where rows came from.
    package init(
        source: String, start: Int, end: Int, trainingRows: Int, heldOutRows: Int, notices: [String] = []
    ) {
        self.source = source
        self.start = start
        self.end = end
        self.trainingRows = trainingRows
        self.heldOutRows = heldOutRows
        self.notices = notices
    }
}

/// What the rows mean.
package struct SchemaFacts: Hashable, Sendable {
    /// A metric, and the query that answered for it.
    package struct Metric: Hashable, Sendable {
        /// The name of the metric, e.g. `cpu_usage`.
        package var name: String
        /// The unit of its values, e.g. `MB/s`; `ratio` for 0 to 1.
        package var unit: String
        /// The query that answered; nil if the source needs none.
        package var query: String?
        /// The place of the query among the candidates, counted from 1.
        package var candidate: Int
        /// How many candidates there are.
        package var candidateCount: Int
        /// The series that were made one.
        package var seriesCount: Int
        /// The samples that were read.
        package var sampleCount: Int

        /// A metric.
        package init(
            name: String, unit: String, query: String?, candidate: Int = 1, candidateCount: Int = 1,
            seriesCount: Int = 1, sampleCount: Int
        ) {
            self.name = name
            self.unit = unit
            self.query = query
            self.candidate = candidate
            self.candidateCount = candidateCount
            self.seriesCount = seriesCount
            self.sampleCount = sampleCount
        }
    }

    /// The name of the schema, e.g. `metrics-5`.
    package var name: String
    /// The width of a row.
    package var featureCount: Int
    /// The metrics that rows are made of.
    package var metrics: [Metric]

    /// A schema.
    package init(name: String, featureCount: Int, metrics: [Metric]) {
        self.name = name
        self.featureCount = featureCount
        self.metrics = metrics
    }
}
