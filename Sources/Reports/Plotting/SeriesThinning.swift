/// Fewer points for the same picture: of each bucket of time the first, last, lowest and highest value, which draws
/// every column of pixels as all the points would (Jugel et al., "M4: A Visualization-Oriented Time Series Data
/// Aggregation", VLDB 2014).
enum SeriesThinning {
    /// The offsets of the points to be kept, rising.
    ///
    /// A value that is not finite interrupts a line: one such point of a run is kept.
    static func offsets(
        times: some RandomAccessCollection<Int>, values: some RandomAccessCollection<Double>,
        buckets: Int = ReportLimits.maximumSeriesBuckets
    ) -> [Int] {
        let count = min(times.count, values.count)
        guard count > 4 * buckets, let first = times.first, let last = times.dropFirst(count - 1).first else {
            return Array(0..<count)
        }
        let width = max(1, (Double(last) - Double(first)) / Double(buckets))
        var kept: [Int] = []
        var bucket = Bucket()
        for (offset, (time, value)) in zip(times, values).enumerated() {
            let number = ((Double(time) - Double(first)) / width).rounded(.down)
            if number != bucket.number {
                bucket.close(into: &kept)
                bucket = Bucket(number: number)
            }
            bucket.add(offset, value)
        }
        bucket.close(into: &kept)
        return kept
    }

    /// Points that fall into one column of pixels.
    private struct Bucket {
        var number = -Double.infinity
        private var ends: (first: Int, last: Int)?
        private var lowest: (offset: Int, value: Double)?
        private var highest: (offset: Int, value: Double)?
        private var gap: Int?

        init(number: Double = -.infinity) { self.number = number }

        mutating func add(_ offset: Int, _ value: Double) {
            guard value.isFinite else {
                gap = gap ?? offset
                return
            }
            ends = (ends?.first ?? offset, offset)
            if value < lowest?.value ?? .infinity { lowest = (offset, value) }
            if value > highest?.value ?? -.infinity { highest = (offset, value) }
        }

        func close(into kept: inout [Int]) {
            let offsets = [ends?.first, lowest?.offset, highest?.offset, ends?.last, gap].compactMap { $0 }
            kept += Set(offsets).sorted()
        }
    }
}
