/// Numbers of rows counted in buckets, from 1 to 65 536.
struct RowHistogram: Sendable {
    /// The upper bounds of the buckets: powers of two.
    static let bounds = (0...16).map { 1 << $0 }

    /// How many numbers fell between a bound and the one before; the last are above all bounds.
    private(set) var counts = [UInt64](repeating: 0, count: bounds.count + 1)
    /// All rows.
    private(set) var sum: UInt64 = 0

    /// How many numbers there were.
    var count: UInt64 { counts.reduce(0, +) }

    /// Counts a number of rows.
    mutating func observe(_ rows: Int) {
        counts[Self.bounds.firstIndex { rows <= $0 } ?? Self.bounds.count] += 1
        sum &+= UInt64(rows)
    }
}
