public import Tensors

extension FeatureSchema {
    /// Computes the row of the last moment of series, by the same code as the rows that models are fitted to.
    ///
    /// - Parameters:
    ///   - series: at least ``momentCount(filling:)`` moments, on a grid of the schema's step.
    ///   - filling: how gaps are filled.
    /// - Returns: the row, as wide as ``features``.
    /// - Throws: ``FeatureError`` for series that lack a metric or have another step, and with
    ///   ``FeatureError/Code/incomplete``, naming the metrics, if there is no row because values are missing.
    public func latestRow(
        from series: SeriesTable, filling: GapFilling = GapFilling()
    ) throws(FeatureError) -> [Double] {
        let needed = momentCount(filling: filling)
        let recent = series.rows(max(0, series.rowCount - needed)..<series.rowCount)
        let rows = try self.rows(from: recent, filling: filling)
        if let last = rows.times.last, last == recent.grid.time(recent.rowCount - 1) {
            return Array(rows.values.row(rows.count - 1))
        }
        guard recent.rowCount > history else {
            throw FeatureError(
                .incomplete, "\(name) looks \(history) steps back, but there are \(recent.rowCount) moments in all")
        }
        let gaps = metrics.compactMap { metric in
            let values = filling.fill(recent[metric.name] ?? []).values.suffix(history + 1)
            let count = values.count { $0.isNaN }
            return count == 0 ? nil : "\(metric.name) (\(count) of \(history + 1))"
        }
        throw FeatureError(
            .incomplete, "\(name) cannot be computed, values are missing: \(gaps.joined(separator: ", "))")
    }

    /// How many moments ``latestRow(from:filling:)`` needs: what the row looks at, and what its gaps are filled from.
    public func momentCount(filling: GapFilling = GapFilling()) -> Int { history + 1 + filling.maximumSteps }
}
