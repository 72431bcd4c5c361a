/// Counts of numbers in bins of one width, whose edges are round numbers.
struct Histogram: Hashable {
    /// The edges, one more than bins.
    let edges: [Double]
    /// The counts of each group, a count a bin.
    let counts: [[Int]]

    private static let binCounts = 8.0...60.0

    /// Bins of about the width that Freedman and Diaconis recommend (1981): 2 IQR / n^(1/3).
    ///
    /// - Parameter groups: numbers that are counted apart in the same bins; those that are not finite are left out.
    init(_ groups: [[Double]]) {
        let sorted = groups.joined().filter { $0.isFinite && abs($0) < 1e150 }.sorted()
        let range = PlotRange.around(sorted)
        let span = range.upperBound - range.lowerBound
        var bins = Self.binCounts.lowerBound
        if sorted.count > 3 {
            let spread = sorted[sorted.count * 3 / 4] - sorted[sorted.count / 4]
            let width = 2 * spread / Self.cubeRoot(sorted.count)
            bins = width > 0 ? span / width : Self.binCounts.upperBound
        }
        bins = min(max(bins, Self.binCounts.lowerBound), Self.binCounts.upperBound)
        let edges = NumberTicks(around: range, count: Int(bins) + 1).values
        self.edges = edges
        counts = groups.map { group in
            var counts = [Int](repeating: 0, count: max(1, edges.count - 1))
            for value in group where value.isFinite && range.contains(value) {
                counts[Self.bin(of: value, edges)] += 1
            }
            return counts
        }
    }

    /// The highest column, all groups together.
    var highest: Int {
        (0..<max(1, edges.count - 1)).map { bin in counts.reduce(0) { $0 + $1[bin] } }.max() ?? 0
    }

    /// The bin whose lower edge is the last one not above a value; the last bin has its upper edge as well.
    private static func bin(of value: Double, _ edges: [Double]) -> Int {
        var (low, high) = (0, edges.count - 1)
        while high - low > 1 {
            let middle = (low + high) / 2
            if edges[middle] <= value { low = middle } else { high = middle }
        }
        return low
    }

    /// The cube root of a count, to the nearest whole number: the width of a bin needs no more.
    private static func cubeRoot(_ count: Int) -> Double {
        var root = 1
        while (root + 1) * (root + 1) * (root + 1) <= count { root += 1 }
        return Double(root)
    }
}
