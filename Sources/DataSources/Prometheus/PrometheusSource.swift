package import Features
package import Tensors

/// Series of metrics in a Prometheus server.
///
/// Of a metric's queries the first one counts that covers nine tenths of the moments, or else the one that covers most:
/// which recording rules and exporters there are, and since when, differs from cluster to cluster.
package struct PrometheusSource: MetricSource {
    /// How a server is asked.
    package struct Settings: Hashable, Sendable {
        /// The most moments of one query. Prometheus allows 11 000; with a week of five-minute steps, the queries for
        /// a month are made beside each other.
        package var maximumMomentsPerQuery = 2_016
        /// The fewest moments of one query: where Prometheus says that a query takes too much memory or time, it is
        /// asked in halves down to so many.
        package var minimumMomentsPerQuery = 32
        /// The most queries at once.
        package var maximumConcurrentQueries = 4

        /// The defaults.
        package init() {}
    }

    package let client: PrometheusClient
    package let settings: Settings

    package var name: String { "prometheus" }

    /// The share of moments with a value at which no further query is tried.
    private static let sufficientCoverage = 0.9

    /// Series of a server.
    package init(client: PrometheusClient, settings: Settings = Settings()) {
        self.client = client
        self.settings = settings
    }

    package func collect(
        _ metrics: [Metric], on grid: TimeGrid
    ) async throws(DataSourceError) -> CollectedSeries {
        var candidates = metrics.map { MetricCandidates(metric: $0) }
        for rank in 0..<(metrics.map(\.queries.count).max() ?? 0) {
            let open = candidates.indices.filter {
                rank < metrics[$0].queries.count && candidates[$0].coverage < Self.sufficientCoverage
            }
            let outcomes = try await ask(open.map { metrics[$0].queries[rank] }, on: grid)
            for (index, outcome) in zip(open, outcomes) { candidates[index].add(outcome) }
        }
        let missing = candidates.filter { $0.coverage == 0 }
        guard missing.isEmpty else { throw Self.noData(missing) }
        return Self.series(candidates, on: grid)
    }

    /// Asks queries for all moments of a grid, several requests at a time.
    private func ask(
        _ queries: [MetricQuery], on grid: TimeGrid
    ) async throws(DataSourceError) -> [QueryOutcome] {
        let parts = stride(from: 0, to: grid.count, by: settings.maximumMomentsPerQuery).map { start in
            grid.points(start..<min(grid.count, start + settings.maximumMomentsPerQuery))
        }
        let requests = queries.flatMap { query in parts.map { (query, $0) } }
        let answers = try await concurrentMap(requests, limit: settings.maximumConcurrentQueries) {
            (query, part) async throws(DataSourceError) in try await self.outcome(of: query, on: part)
        }
        return queries.indices.map { index in
            answers[index * parts.count..<(index + 1) * parts.count].reduce(into: QueryOutcome(queries[index])) {
                $0.append($1)
            }
        }
    }

    /// Asks a query for the moments of a grid; in halves where all at once is too much for the server.
    private func outcome(of query: MetricQuery, on grid: TimeGrid) async throws(DataSourceError) -> QueryOutcome {
        switch try await client.answer(to: query.promQL, on: grid) {
        case .series(let values, let warnings):
            let scaled = values.map { $0.map { $0 * query.scale } }
            return QueryOutcome(query, values: scaled ?? Array(repeating: .nan, count: grid.count), warnings: warnings)
        case .failure(let kind, let message):
            let isTooMuch = kind == "timeout" || message.contains("too many samples")
            guard isTooMuch, grid.count >= 2 * settings.minimumMomentsPerQuery else {
                return QueryOutcome(query, refusal: "\(kind): \(message)", count: grid.count)
            }
            let half = grid.count / 2
            var outcome = try await self.outcome(of: query, on: grid.points(0..<half))
            outcome.append(try await self.outcome(of: query, on: grid.points(half..<grid.count)))
            return outcome
        }
    }

    private static func series(_ candidates: [MetricCandidates], on grid: TimeGrid) -> CollectedSeries {
        let answers = candidates.compactMap(\.best)
        let table = SeriesTable(
            grid: grid, names: candidates.map(\.metric.name), columns: answers.map(\.values))
        let origins = zip(candidates, answers).map { candidate, answer in
            MetricOrigin(
                candidate.metric, source: "prometheus", query: answer.query, values: answer.values, on: grid)
        }
        var notices = origins.compactMap { $0.gaps(on: grid) }
        for (origin, answer) in zip(origins, answers) {
            notices += Set(answer.warnings).sorted().map { "\(origin.metric): Prometheus warns: \($0)" }
            if let refusal = answer.refusal { notices.append("\(origin.metric): refused for a part: \(refusal)") }
        }
        return CollectedSeries(table: table, origins: origins, notices: notices)
    }

    private static func noData(_ candidates: [MetricCandidates]) -> DataSourceError {
        let lines = candidates.flatMap { candidate in
            candidate.outcomes.isEmpty
                ? ["\(candidate.metric.name): there is no query for it"]
                : candidate.outcomes.map {
                    "\(candidate.metric.name): \($0.query.promQL) -> \($0.refusal ?? "no data")"
                }
        }
        let code: DataSourceError.Code =
            candidates.contains { $0.outcomes.contains { $0.refusal != nil } } ? .rejected : .noData
        return DataSourceError(
            code,
            "Prometheus has no value of \(candidates.map(\.metric.name).joined(separator: ", "))"
                + lines.map { "\n  \($0)" }.joined())
    }
}
