/// Where the source had samples, and where it had none.
package struct DataCoverage: Hashable, Sendable, FigureContent {
    /// A time without samples, in seconds since 1970 UTC.
    package struct Gap: Hashable, Sendable {
        /// The time after the last sample before it.
        package var start: Int
        /// The time of the first sample after it.
        package var end: Int

        /// A gap.
        package init(start: Int, end: Int) {
            self.start = start
            self.end = end
        }

        /// Its length, in seconds; 0 for one that ends before it begins.
        var seconds: Int { end > start ? end.subtractingReportingOverflow(start).partialValue : 0 }
    }

    /// What there is of a metric.
    package struct Metric: Hashable, Sendable {
        /// The name of the metric.
        package var name: String
        /// The samples that were found.
        package var found: Int
        /// The samples that the window should hold.
        package var expected: Int
        /// The gaps, in order.
        package var gaps: [Gap]

        /// A metric.
        package init(name: String, found: Int, expected: Int, gaps: [Gap] = []) {
            self.name = name
            self.found = found
            self.expected = expected
            self.gaps = gaps
        }

        /// The part of samples that were found; 0 if none were expected.
        var ratio: Double { expected > 0 ? Double(found) / Double(expected) : 0 }
    }

    /// The window, in seconds since 1970 UTC.
    package var start: Int
    /// The end of the window, in seconds since 1970 UTC.
    package var end: Int
    /// The metrics.
    package var metrics: [Metric]

    /// What there is of some metrics.
    package init(start: Int, end: Int, metrics: [Metric]) {
        self.start = start
        self.end = end
        self.metrics = metrics
    }

    var title: String { "Data coverage" }

    /// The metrics that are shown.
    var shown: ArraySlice<Metric> { metrics.prefix(ReportLimits.maximumListedItems) }

    /// The horizontal axis.
    var axis: Axis { Axis(times: PlotRange.around(times: [start, end]), maximumCount: 6) }

    var caption: String {
        let gaps = metrics.flatMap(\.gaps)
        let window = "\(TimeText.compact(start)) to \(TimeText.full(end))."
        guard let longest = gaps.map(\.seconds).max() else { return window + " There are no gaps." }
        return window + " \(NumberText.count(gaps.count, "gap", "gaps")), the longest of "
            + "\(NumberText.duration(Double(longest)))."
    }

    var legend: [LegendEntry] {
        let present = LegendEntry(shape: .area, role: .candidate, name: "samples")
        let hasGaps = metrics.contains { !$0.gaps.isEmpty }
        return hasGaps ? [present, LegendEntry(shape: .area, role: .anomaly, name: "gap")] : [present]
    }

    /// The gaps of a metric as parts of the window, from 0 to 1; those that lie closer together than can be seen are
    /// one.
    func gaps(of metric: Metric) -> [ClosedRange<Double>] {
        let axis = axis
        let smallest = 1 / Double(ReportLimits.maximumSeriesBuckets)
        var merged: [ClosedRange<Double>] = []
        for gap in metric.gaps where gap.end > gap.start {
            let lower = min(max(axis.position(Double(gap.start)), 0), 1)
            let upper = min(max(axis.position(Double(gap.end)), lower), 1)
            if let last = merged.last, lower - last.upperBound < smallest, lower >= last.lowerBound {
                merged[merged.count - 1] = last.lowerBound...max(upper, last.upperBound)
            } else if merged.count < ReportLimits.maximumSeriesBuckets {
                merged.append(lower...upper)
            }
        }
        return merged
    }

    var table: DataTable {
        let rows = metrics.flatMap { metric in
            metric.gaps.map { gap in
                [
                    metric.name, TimeText.compact(gap.start), TimeText.compact(gap.end),
                    NumberText.duration(Double(gap.seconds)),
                ]
            }
        }
        return DataTable([.text("metric"), .text("gap from"), .text("to, UTC"), .number("length")], rows: rows)
    }
}
