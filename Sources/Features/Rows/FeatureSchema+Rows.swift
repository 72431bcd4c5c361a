public import Tensors

extension FeatureSchema {
    /// Computes the rows of series: for each moment a row, if everything is there that it looks at.
    ///
    /// A row looks at its moment and ``history`` steps before, with short gaps filled; its targets are the values of
    /// the ``horizon`` steps after it, none of them filled, of the metrics in `targets`, ordered by metric and then by
    /// time. A row with a missing value is left out and counted.
    ///
    /// - Parameters:
    ///   - series: series that have all metrics of the schema, on a grid of its step.
    ///   - filling: how gaps are filled.
    ///   - targets: the metrics whose future each row is to be followed by; none to compute rows that need no future.
    /// - Throws: ``FeatureError`` for series that lack a metric or have another step, and for unknown targets.
    public func rows(
        from series: SeriesTable, filling: GapFilling = GapFilling(), targets: [String] = []
    ) throws(FeatureError) -> FeatureRows {
        let columns = try self.columns(of: series)
        let futures = try self.futures(targets, in: series)
        var counts = RowCounts()
        var filled: [String: [Double]] = [:]
        for (metric, values) in zip(metrics, columns) {
            let result = filling.fill(values)
            filled[metric.name] = result.values
            counts.filledValues += result.filledCount
        }
        let first = min(history, series.rowCount)
        counts.withoutHistory = first
        let values = features.map { $0.formula.values(of: filled[$0.metric] ?? [], from: first) }

        var kept: [Int] = []
        for row in 0..<series.rowCount - first {
            if !values.allSatisfy({ $0[row].isFinite }) {
                counts.withMissingValues += 1
            } else if !futures.allSatisfy({ isComplete($0, after: first + row) }) {
                counts.withoutTargets += 1
            } else {
                kept.append(row)
            }
        }
        counts.rows = kept.count
        let moments = kept.map { first + $0 }
        return FeatureRows(
            values: matrix(kept.map { row in values.map { $0[row] } }, columnCount: features.count),
            times: moments.map(series.grid.time), isAnomaly: moments.map { series.isAnomaly?[$0] },
            targets: matrix(
                moments.map { moment in futures.flatMap { $0[moment + 1...moment + horizon] } },
                columnCount: futures.count * horizon),
            counts: counts)
    }

    /// The series of the schema's metrics, in its order.
    private func columns(of series: SeriesTable) throws(FeatureError) -> [[Double]] {
        guard series.grid.step == step else {
            throw FeatureError(
                .unfitSeries, "\(name) needs a value each \(step) seconds, the series have one each \(series.grid.step)"
            )
        }
        var columns: [[Double]] = []
        for metric in metrics {
            guard let column = series[metric.name] else {
                throw FeatureError(
                    .unfitSeries,
                    "\(name) needs the metric \(metric.name), the series are \(series.names.joined(separator: ", "))")
            }
            columns.append(column)
        }
        return columns
    }

    /// The series whose future is asked for.
    private func futures(_ targets: [String], in series: SeriesTable) throws(FeatureError) -> [[Double]] {
        var futures: [[Double]] = []
        for target in targets {
            guard horizon > 0, metrics.contains(where: { $0.name == target }), let column = series[target] else {
                let known = horizon > 0 ? metrics.map(\.name).joined(separator: ", ") : "none"
                throw FeatureError(.unknownSchema, "\(name) has no target \(target); its targets are: \(known)")
            }
            futures.append(column)
        }
        return futures
    }

    /// Whether all values of the horizon after a moment are there.
    private func isComplete(_ series: [Double], after moment: Int) -> Bool {
        moment + horizon < series.count && series[moment + 1...moment + horizon].allSatisfy(\.isFinite)
    }

    private func matrix(_ rows: [[Double]], columnCount: Int) -> Matrix<Double> {
        Matrix(rowCount: rows.count, columnCount: columnCount, elements: Array(rows.joined()))
    }
}
