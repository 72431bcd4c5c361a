import Tensors

extension MetricOrigin {
    /// What is missing of the values that were asked for, as a sentence; nil if nothing is.
    func gaps(on grid: TimeGrid) -> String? {
        guard valueCount < grid.count, let firstTime else { return nil }
        let missing = grid.count - valueCount
        let before = (firstTime - grid.start) / grid.step
        // What lies before the first value is not a gap: the source does not go back so far.
        var parts: [String] = []
        if before > 0 {
            let kept = Self.days(grid.count - before, grid.step)
            parts.append(
                "begins at \(UTCTime.text(firstTime)): \(kept) days instead of \(Self.days(grid.count, grid.step))")
        }
        if missing > before { parts.append("\(missing - before) of \(grid.count - before) values are missing") }
        return "\(metric) \(parts.joined(separator: ", and "))"
    }

    private static func days(_ count: Int, _ step: Int) -> Double {
        (Double(count * step) / 8_640).rounded() / 10
    }
}
