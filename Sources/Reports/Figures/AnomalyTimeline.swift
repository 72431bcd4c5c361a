/// When the model saw anomalies, in the metrics that it looked at.
package struct AnomalyTimeline: Hashable, Sendable, FigureContent {
    /// A metric over time.
    package struct Series: Hashable, Sendable {
        /// The name of the metric.
        package var name: String
        /// The unit of its values; `ratio` for 0 to 1.
        package var unit: String
        /// A value for each time; NaN where there is none.
        package var values: [Double]

        /// A metric over time.
        package init(name: String, unit: String, values: [Double]) {
            self.name = name
            self.unit = unit
            self.values = values
        }
    }

    /// A fault that is known.
    package struct Fault: Hashable, Sendable {
        /// What was wrong, e.g. `memory leak`.
        package var name: String
        /// When it began, in seconds since 1970 UTC.
        package var start: Int
        /// When it ended, in seconds since 1970 UTC.
        package var end: Int

        /// A fault.
        package init(name: String, start: Int, end: Int) {
            self.name = name
            self.start = start
            self.end = end
        }
    }

    /// The times of the rows, in seconds since 1970 UTC, rising.
    package var times: [Int]
    /// The metrics.
    package var series: [Series]
    /// The offsets of the rows that the model takes for anomalies, rising.
    package var anomalies: [Int]
    /// Faults that are known; empty if none are.
    package var faults: [Fault]

    /// Anomalies over time.
    package init(times: [Int], series: [Series], anomalies: [Int], faults: [Fault] = []) {
        self.times = times
        self.series = series
        self.anomalies = anomalies
        self.faults = faults
    }

    var title: String { "Anomalies over time" }

    private var anomalyTimes: [Int] { anomalies.filter(times.indices.contains).map { times[$0] } }

    /// Whether one of some rising times lies within a fault.
    private func isFound(_ fault: Fault, _ times: [Int]) -> Bool {
        var (low, high) = (0, times.count)
        while low < high {
            let middle = (low + high) / 2
            if times[middle] < fault.start { low = middle + 1 } else { high = middle }
        }
        return low < times.count && times[low] <= fault.end
    }

    var caption: String {
        let found = anomalyTimes
        let rows = NumberText.count(found.count, "row is", "rows are")
        let sentence = "\(rows) taken for anomalies, of \(NumberText.count(times.count))."
        guard !faults.isEmpty else { return sentence }
        let seen = faults.count { isFound($0, found) }
        return sentence + " Of \(NumberText.count(faults.count, "known fault", "known faults")), which are shaded, "
            + "\(NumberText.count(seen)) \(seen == 1 ? "has" : "have") such a row."
    }

    var legend: [LegendEntry] {
        var entries = [LegendEntry(shape: .dot, role: .anomaly, name: "taken for an anomaly")]
        if !faults.isEmpty { entries.append(LegendEntry(shape: .area, role: .fault, name: "known fault")) }
        return entries
    }

    var plots: [Plot] {
        let caption = caption
        let range = PlotRange.around(times: times)
        let stretches = faults.prefix(ReportLimits.maximumListedItems).map { fault in
            Double(fault.start)...Double(max(fault.start, fault.end))
        }
        let shown = series.prefix(ReportLimits.maximumSeries)
        return shown.enumerated().map { index, series in
            let isRatio = series.unit == "ratio"
            let values = PlotRange.around(series.values)
            let isLast = index == shown.count - 1
            let name = isRatio || series.unit.isEmpty ? series.name : "\(series.name), \(series.unit)"
            return Plot(
                title: "\(title): \(series.name)", summary: caption, x: Axis(times: range),
                y: Axis(name, around: values, count: 3, kind: isRatio ? .ratio : .number), height: 72,
                hasHorizontalLabels: isLast,
                marks: [.stretches(stretches, .fault), .line(line(series), .actual), .points(dots(series), .anomaly)])
        }
    }

    /// Many series share the room of a few.
    private var buckets: Int { ReportLimits.buckets(seriesCount: series.count) }

    private func line(_ series: Series) -> [Plot.Point] {
        SeriesThinning.offsets(times: times, values: series.values, buckets: buckets).map { offset in
            Plot.Point(x: Double(times[offset]), y: series.values[offset])
        }
    }

    private func dots(_ series: Series) -> [Plot.Point] {
        let offsets = anomalies.filter { times.indices.contains($0) && series.values.indices.contains($0) }
        let kept = SeriesThinning.offsets(
            times: offsets.map { times[$0] }, values: offsets.map { series.values[$0] },
            buckets: buckets / 4)
        return kept.map { Plot.Point(x: Double(times[offsets[$0]]), y: series.values[offsets[$0]]) }
    }

    var table: DataTable {
        let shown = series.prefix(ReportLimits.maximumSeries)
        let rows = anomalies.filter(times.indices.contains).map { offset in
            [TimeText.compact(times[offset])]
                + shown.map { series in
                    guard series.values.indices.contains(offset) else { return NumberText.missing }
                    return NumberText.value(series.values[offset], unit: series.unit)
                }
        }
        return DataTable([.text("time, UTC")] + shown.map { .number($0.name) }, rows: rows)
    }
}
