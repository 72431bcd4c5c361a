import TestSupport
import Testing

@testable import Reports

@Suite("Thinning of series")
struct SeriesThinningTests {
    @Test("Of every bucket the first, last, lowest and highest value are kept", arguments: [10, 100, 400])
    func buckets(count: Int) {
        let seed = UInt64.random(in: 0..<1 << 32)
        var generator = SeededGenerator(seed: seed)
        let times = (0..<50_000).map { $0 * 7 }
        let values = times.map { _ in Double.random(in: -1...1, using: &generator) }
        let kept = SeriesThinning.offsets(times: times, values: values, buckets: count)
        #expect(kept == kept.sorted() && Set(kept).count == kept.count)
        #expect(kept.count <= 4 * (count + 1))
        let isKept = Set(kept)
        let width = Double(times[times.count - 1]) / Double(count)
        for (_, offsets) in Dictionary(grouping: times.indices, by: { Int(Double(times[$0]) / width) }) {
            for extreme in [offsets.map { values[$0] }.min(), offsets.map { values[$0] }.max()] {
                #expect(offsets.contains { values[$0] == extreme && isKept.contains($0) }, "seed \(seed)")
            }
            #expect(offsets.first.map(isKept.contains) == true && offsets.last.map(isKept.contains) == true)
        }
    }

    @Test("Few points are all kept, and surplus times or values are left out")
    func few() {
        #expect(SeriesThinning.offsets(times: [1, 2, 3], values: [.nan, 1]) == [0, 1])
        #expect(SeriesThinning.offsets(times: [Int](), values: [1.0]) == [])
    }

    @Test("Gaps stay gaps, and times that do not rise do no harm")
    func oddities() {
        let values = (0..<10_000).map { 4_000..<5_000 ~= $0 ? Double.nan : 1 }
        let kept = SeriesThinning.offsets(times: Array(0..<10_000), values: values, buckets: 50)
        #expect(kept.contains { values[$0].isNaN })
        #expect(kept.count < 300)
        let same = SeriesThinning.offsets(times: [Int](repeating: 5, count: 10_000), values: values, buckets: 50)
        #expect(!same.isEmpty && same.count <= 5)
        let falling = SeriesThinning.offsets(times: (0..<10_000).map { -$0 }, values: values, buckets: 50)
        #expect(!falling.isEmpty)
        let extreme = SeriesThinning.offsets(
            times: (0..<10_000).map { $0 == 0 ? .min : .max }, values: values, buckets: 50)
        #expect(!extreme.isEmpty && extreme.count <= 10)
    }
}
