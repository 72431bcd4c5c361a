/// What a Prometheus server would have scraped in the past, in the text form that `promtool` makes blocks of
/// (https://prometheus.io/docs/specs/om/open_metrics_spec/).
package struct MetricHistory: Sendable {
    /// A series of samples.
    package struct Series: Sendable {
        let name: String
        let labels: String
        /// The value of a gauge at a time, or what a counter grows by in a second.
        let value: @Sendable (Int) -> Double
        let isCounter: Bool
        /// When a counter falls back to zero.
        let reset: Int?

        /// A value that goes up and down.
        package static func gauge(
            _ name: String, _ labels: String, _ value: @escaping @Sendable (Int) -> Double
        ) -> Series {
            Series(name: name, labels: labels, value: value, isCounter: false, reset: nil)
        }

        /// A sum that grows, at a rate for each second.
        package static func counter(
            _ name: String, _ labels: String, reset: Int? = nil, rate: @escaping @Sendable (Int) -> Double
        ) -> Series {
            Series(name: name, labels: labels, value: rate, isCounter: true, reset: reset)
        }
    }

    private let series: [Series]
    private let times: StrideThrough<Int>
    private let interval: Int

    /// - Parameters:
    ///   - series: what was scraped.
    ///   - range: from when to when, in seconds since 1970.
    ///   - interval: the seconds from one scrape to the next.
    package init(_ series: [Series], over range: ClosedRange<Int>, interval: Int = 120) {
        self.series = series
        self.interval = interval
        times = stride(from: range.lowerBound, through: range.upperBound, by: interval)
    }

    /// The text.
    package var openMetrics: [UInt8] {
        var text: [UInt8] = []
        for series in series {
            let head = Array("\(series.name){\(series.labels)} ".utf8)
            var sum = 0.0
            for time in times {
                if series.isCounter {
                    sum += series.value(time) * Double(interval)
                    if let reset = series.reset, time - interval < reset, reset <= time { sum = 0 }
                }
                text += head
                text += "\(series.isCounter ? sum : series.value(time)) \(time)\n".utf8
            }
        }
        return text + "# EOF\n".utf8
    }
}
