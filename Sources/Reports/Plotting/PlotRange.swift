/// Ranges of what is plotted.
enum PlotRange {
    /// No number beyond this one is plotted, so that no difference overflows.
    private static let largest = 1e150

    /// The range of some numbers; never empty.
    static func around(_ values: some Sequence<Double>) -> ClosedRange<Double> {
        var lowest = Double.infinity
        var highest = -Double.infinity
        for value in values where value.isFinite && abs(value) <= largest {
            lowest = min(lowest, value)
            highest = max(highest, value)
        }
        guard lowest <= highest else { return 0...1 }
        guard lowest < highest else {
            let margin = lowest == 0 ? 0.5 : abs(lowest) * 0.05
            return lowest - margin...highest + margin
        }
        return lowest...highest
    }

    /// The range of some times; never empty, and within the years 1 to 9999.
    static func around(times: some Sequence<Int>) -> ClosedRange<Int> {
        let bounds = -62_135_596_800...253_402_300_799
        var lowest = Int.max
        var highest = Int.min
        for time in times {
            lowest = min(lowest, time)
            highest = max(highest, time)
        }
        guard lowest <= highest else { return 0...86_400 }
        lowest = min(max(lowest, bounds.lowerBound), bounds.upperBound - 60)
        highest = min(max(highest, lowest + 60), bounds.upperBound)
        return lowest...highest
    }
}
