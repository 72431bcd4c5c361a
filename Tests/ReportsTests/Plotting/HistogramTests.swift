import TestSupport
import Testing

@testable import Reports

@Suite("Histograms")
struct HistogramTests {
    @Test("Every finite number is in the bin whose edges are around it")
    func counts() {
        let seed = UInt64.random(in: 0..<1 << 32)
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<50 {
            let groups = (0..<2).map { _ in
                (0..<Int.random(in: 0...300, using: &generator)).map { _ in
                    Double.random(in: -0.8...(-0.3), using: &generator)
                }
            }
            let histogram = Histogram(groups)
            for (group, counts) in zip(groups, histogram.counts) {
                let bins = Array(zip(histogram.edges, histogram.edges.dropFirst()))
                let expected = bins.enumerated().map { index, edge in
                    group.count { edge.0 <= $0 && ($0 < edge.1 || index == bins.count - 1 && $0 == edge.1) }
                }
                #expect(counts == expected, "seed \(seed)")
                #expect(counts.reduce(0, +) == group.count, "seed \(seed)")
            }
        }
    }

    @Test(
        "Numbers that are not finite, equal or missing make a histogram all the same",
        arguments: [[[], []], [[.nan, .infinity], [1]], [[0, 0, 0, 0, 0], []], [[5], [5]], [[-1e200, 3], [4]]]
            as [[[Double]]])
    func oddities(groups: [[Double]]) {
        let histogram = Histogram(groups)
        #expect(histogram.edges.count >= 2 && histogram.counts.allSatisfy { $0.count == histogram.edges.count - 1 })
        let plotted = groups.joined().count { $0.isFinite && abs($0) < 1e150 }
        #expect(histogram.counts.joined().reduce(0, +) == plotted)
    }
}
