package import Features
package import Tensors

/// Where series of metrics come from.
package protocol MetricSource: Sendable {
    /// What it is called in reports and in a model's metadata, e.g. `prometheus`.
    var name: String { get }

    /// The values of metrics at the moments of a grid, in the metrics' units; NaN where there are none.
    ///
    /// - Throws: ``DataSourceError``; ``DataSourceError/Code/noData`` for a metric that has no value at all.
    func collect(_ metrics: [Metric], on grid: TimeGrid) async throws(DataSourceError) -> CollectedSeries
}

/// What a source has collected.
package struct CollectedSeries: Sendable {
    /// The series: a column for each metric.
    package let table: SeriesTable
    /// Where each column comes from, in the order of the columns.
    package let origins: [MetricOrigin]
    /// What people should know of it, as sentences.
    package let notices: [String]

    /// Series with their origins.
    package init(table: SeriesTable, origins: [MetricOrigin], notices: [String] = []) {
        self.table = table
        self.origins = origins
        self.notices = notices
    }
}

/// Where the values of a metric come from: what a model's metadata keeps, so that others ask the same.
package struct MetricOrigin: Hashable, Sendable {
    /// The name of the metric.
    package let metric: String
    /// The unit of its values.
    package let unit: String
    /// The source's name.
    package let source: String
    /// The PromQL query that answered, as it was sent; nil for a source that is not asked in PromQL.
    package let query: String?
    /// What the query's values were multiplied by, to be in the unit.
    package let scale: Double
    /// How many moments have a value.
    package let valueCount: Int
    /// The first moment that has a value, in seconds since 1970-01-01 00:00 UTC; nil if none has.
    package let firstTime: Int?

    /// The origin of a column.
    init(
        _ metric: Metric, source: String, query: MetricQuery? = nil, values: [Double], on grid: TimeGrid
    ) {
        self.metric = metric.name
        unit = metric.unit
        self.source = source
        self.query = query?.promQL
        scale = query?.scale ?? 1
        valueCount = values.count { $0.isFinite }
        firstTime = values.firstIndex(where: \.isFinite).map(grid.time)
    }
}
