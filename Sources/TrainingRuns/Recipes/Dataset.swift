package import Features
package import Tensors

/// What a model is fitted to and judged by: rows of one source or several.
package struct Dataset: Sendable {
    /// The rows of one source, and the series they were computed of.
    package struct Segment: Sendable {
        /// The source's name, e.g. `prometheus`.
        package let source: String
        /// The rows, in the order of time.
        package let rows: FeatureRows
        /// The series.
        package let series: SeriesTable

        package init(source: String, rows: FeatureRows, series: SeriesTable) {
            self.source = source
            self.rows = rows
            self.series = series
        }
    }

    /// The sources' rows; at least one segment.
    package let segments: [Segment]

    package init(segments: [Segment]) { self.segments = segments }

    /// The number of all rows.
    package var rowCount: Int { segments.reduce(0) { $0 + $1.rows.count } }
}

/// Rows, and what is known of each.
package struct Examples: Sendable {
    /// The rows, as wide as the schema.
    package let rows: Matrix<Double>
    /// Per row, the moment it describes, in seconds since 1970-01-01 00:00 UTC.
    package let times: [Int]
    /// Per row, whether it is known to be anomalous.
    package let isAnomaly: [Bool]
    /// Per row, what came after it; without columns where nothing is forecast.
    package let targets: Matrix<Double>
    /// What rules that need no model forecast for each row, by name, in the shape of ``targets``.
    package var forecasts: [NaiveForecast] = []

    init(rows: Matrix<Double>, times: [Int], isAnomaly: [Bool], targets: Matrix<Double>) {
        self.rows = rows
        self.times = times
        self.isAnomaly = isAnomaly
        self.targets = targets
    }

    /// Some rows of a dataset's segments put one behind the other, by their indices.
    init(_ dataset: Dataset, _ indices: [Int]) {
        let all = dataset.segments.map(\.rows)
        let values = all.flatMap { rows in (0..<rows.count).map { rows.values.row($0) } }
        let targets = all.flatMap { rows in (0..<rows.count).map { rows.targets.row($0) } }
        let times = all.flatMap(\.times)
        let labels = all.flatMap(\.isAnomaly)
        self.init(
            rows: Matrix(joining: indices.map { values[$0] }, columnCount: all[0].values.columnCount),
            times: indices.map { times[$0] }, isAnomaly: indices.map { labels[$0] ?? false },
            targets: Matrix(joining: indices.map { targets[$0] }, columnCount: all[0].targets.columnCount))
    }

    /// The number of rows.
    package var count: Int { rows.rowCount }
}

/// What a rule that needs no model forecasts.
package struct NaiveForecast: Sendable {
    /// The rule, e.g. `last value`.
    package let name: String
    /// A row for each example, a column for each output.
    package let values: Matrix<Double>
}

extension Matrix<Double> {
    /// Rows of one width, one below the other.
    init(joining rows: [ArraySlice<Double>], columnCount: Int) {
        self.init(rowCount: rows.count, columnCount: columnCount, elements: Array(rows.joined()))
    }
}
