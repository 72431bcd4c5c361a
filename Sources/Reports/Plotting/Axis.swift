/// One side of a plot: what lies where along it.
struct Axis: Hashable {
    /// A place on an axis and what is written there.
    struct Tick: Hashable {
        /// From 0 to 1 along the axis.
        let position: Double
        let label: String
    }

    /// The values at both ends.
    let range: ClosedRange<Double>
    let ticks: [Tick]
    /// What is measured, with its unit.
    let title: String

    /// An axis of numbers, a little longer than the data.
    init(_ title: String, around data: ClosedRange<Double>, count: Int = 5, kind: NumberTicks.Kind = .number) {
        let numbers = NumberTicks(around: data, count: count, kind: kind)
        self.init(title, range: numbers.range, values: numbers.values, labels: numbers.labels)
    }

    /// An axis of times in seconds since 1970, as long as the data.
    init(times: ClosedRange<Int>, maximumCount: Int = 8) {
        let ticks = TimeTicks(in: times, maximumCount: maximumCount)
        self.init(
            "time, UTC", range: Double(times.lowerBound)...Double(times.upperBound),
            values: ticks.values.map(Double.init),
            labels: ticks.labels)
    }

    private init(_ title: String, range: ClosedRange<Double>, values: [Double], labels: [String]) {
        self.title = title
        self.range = range
        let span = range.upperBound - range.lowerBound
        ticks = zip(values, labels).map { Tick(position: ($0 - range.lowerBound) / span, label: $1) }
    }

    /// Where a value lies, from 0 to 1 along the axis.
    func position(_ value: Double) -> Double { (value - range.lowerBound) / (range.upperBound - range.lowerBound) }
}
