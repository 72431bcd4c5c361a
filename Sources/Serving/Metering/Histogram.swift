/// Durations counted in buckets, from 100 microseconds to 10 seconds.
struct Histogram: Sendable {
    /// The upper bounds of the buckets in seconds: KServe's, preceded by finer ones for fast models.
    static let bounds: [Double] = [
        0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5,
        10,
    ]
    private static let boundsNanoseconds = bounds.map { Int64(($0 * 1e9).rounded()) }

    /// How many durations fell between a bound and the one before; the last are above all bounds.
    private(set) var counts = [UInt64](repeating: 0, count: bounds.count + 1)
    private(set) var sumNanoseconds: Int64 = 0

    /// How many durations there were.
    var count: UInt64 { counts.reduce(0, +) }

    /// Counts a duration.
    mutating func observe(nanoseconds: Int64) {
        var bucket = 0
        while bucket < Self.boundsNanoseconds.count, nanoseconds > Self.boundsNanoseconds[bucket] { bucket += 1 }
        counts[bucket] += 1
        sumNanoseconds &+= nanoseconds
    }

    /// Adds the durations of another.
    mutating func add(_ other: Histogram) {
        for bucket in counts.indices { counts[bucket] += other.counts[bucket] }
        sumNanoseconds &+= other.sumNanoseconds
    }
}
