/// A set of bytes of a file: ranges in order, which neither touch nor overlap.
struct ByteRanges: Hashable, Sendable {
    private(set) var ranges: [Range<Int>] = []

    /// How many bytes there are.
    var count: Int { ranges.reduce(0) { $0 + $1.count } }

    /// How many bytes from 0 on there are without a gap.
    var prefix: Int { ranges.first.map { $0.lowerBound == 0 ? $0.upperBound : 0 } ?? 0 }

    /// Adds bytes.
    mutating func insert(_ range: Range<Int>) {
        guard !range.isEmpty else { return }
        var merged = range
        var others: [Range<Int>] = []
        for other in ranges {
            if other.upperBound < merged.lowerBound || merged.upperBound < other.lowerBound {
                others.append(other)
            } else {
                merged = min(merged.lowerBound, other.lowerBound)..<max(merged.upperBound, other.upperBound)
            }
        }
        ranges = (others + [merged]).sorted { $0.lowerBound < $1.lowerBound }
    }

    /// The bytes below `size` that are not there, in pieces of at most `pieceBytes`.
    func missing(below size: Int, pieceBytes: Int) -> [Range<Int>] {
        var pieces: [Range<Int>] = []
        var start = 0
        for range in ranges + [size..<size] {
            while start < min(range.lowerBound, size) {
                let end = min(start + pieceBytes, range.lowerBound, size)
                pieces.append(start..<end)
                start = end
            }
            start = max(start, range.upperBound)
        }
        return pieces
    }
}
