import TestSupport
import Testing

@testable import Kernels

@Suite("Bins of a feature")
struct FeatureBinsTests {
    @Test("Bins keep the order of the values and hold them, whatever their number", arguments: UInt64(1)...12)
    func order(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let valueCount = [1, 2, 254, 255, 256, 257, 400, 5000][Int.random(in: 0..<8, using: &generator)]
        let column = (0..<3000).map { _ in
            (Float(Int.random(in: 0..<valueCount, using: &generator)) / 7 - 20) * (seed % 2 == 0 ? 1 : 1e-3)
        }
        let (bins, codes) = FeatureBins.dividing(column.span)
        let distinct = Set(column).count
        #expect(bins.count == min(distinct, 255), "seed \(seed)")
        for (value, code) in zip(column, codes) {
            #expect(bins.lowest[Int(code)] <= value && value <= bins.highest[Int(code)])
        }
        for bin in 1..<max(1, bins.count) { #expect(bins.highest[bin - 1] < bins.lowest[bin]) }
    }

    @Test("Many values fill bins about equally; a frequent one has a bin of its own")
    func shares() {
        let column = (0..<25_500).map { Float($0) }
        let (_, codes) = FeatureBins.dividing(column.span)
        let counts = codes.reduce(into: [Int](repeating: 0, count: 255)) { $0[Int($1)] += 1 }
        #expect(counts.allSatisfy { $0 == 100 })
        let skewed = (0..<20_000).map { Float($0 < 10_000 ? 0 : $0) }
        let skew = FeatureBins.dividing(skewed.span)
        let shares = skew.codes.reduce(into: [Int](repeating: 0, count: 255)) { $0[Int($1)] += 1 }
        #expect(skew.bins.count == 255 && shares[0] == 10_000 && (shares.dropFirst().max() ?? 0) <= 41)
    }

    @Test("Values that count as one are never parted")
    func near() {
        let column: [Float] = [0, 5e-8, 1e-7, 1.5e-7, 1, 1]
        #expect(FeatureBins.dividing(column.span).codes == [0, 0, 0, 0, 1, 1])
    }

    @Test("Networks sort elements of any number")
    func networks() {
        var generator = SeededGenerator(seed: 5)
        let networks = SortingNetworks()
        for count in 0...SortingNetworks.maximumCount {
            var elements = (0..<count).map { _ in Int.random(in: 0..<50, using: &generator) }
            let sorted = elements.sorted()
            for pair in networks[count] where elements[Int(pair.x)] > elements[Int(pair.y)] {
                elements.swapAt(Int(pair.x), Int(pair.y))
            }
            #expect(elements == sorted, "\(count) elements")
        }
    }
}
