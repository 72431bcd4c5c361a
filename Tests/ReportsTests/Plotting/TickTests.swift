import TestSupport
import Testing

@testable import Reports

@Suite("Round numbers along an axis")
struct TickTests {
    @Test("They are multiples of 1, 2 or 5 times a power of ten, span the data, and are few", arguments: 2...9)
    func numbers(count: Int) throws {
        let seed = UInt64.random(in: 0..<1 << 32)
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<3_000 {
            let size = Double("1e\(Int.random(in: -12...12, using: &generator))") ?? 1
            let center = Double.random(in: -3...3, using: &generator) * size
            let width = Double.random(in: 0.001...5, using: &generator) * size
            let range = center...center + width
            let ticks = NumberTicks(around: range, count: count)
            let comment: Comment = "\(range), seed \(seed)"
            #expect(ticks.range.lowerBound <= range.lowerBound && range.upperBound <= ticks.range.upperBound, comment)
            #expect(2...(2 * count + 2) ~= ticks.values.count, comment)
            #expect(ticks.range == ticks.values[0]...ticks.values[ticks.values.count - 1], comment)
            let step = ticks.values[1] - ticks.values[0]
            let digits = try #require(DecimalDigits(step), comment)
            let leading = digits.plain().first { $0 != "0" && $0 != "." }
            #expect(["1", "2", "5", "9", "4"].contains(leading), comment)
            #expect(Set(ticks.labels).count == ticks.labels.count, comment)
        }
    }

    @Test(
        "Labels have the decimals of their step",
        arguments: [
            (0...1, ["0", "0.2", "0.4", "0.6", "0.8", "1.0"]), (0...10, ["0", "2", "4", "6", "8", "10"]),
            (-0.62...(-0.41), ["−0.65", "−0.60", "−0.55", "−0.50", "−0.45", "−0.40"]),
            (0...25_000, ["0", "5\u{202F}k", "10\u{202F}k", "15\u{202F}k", "20\u{202F}k", "25\u{202F}k"]),
            (0...2.5e6, ["0", "0.5\u{202F}M", "1.0\u{202F}M", "1.5\u{202F}M", "2.0\u{202F}M", "2.5\u{202F}M"]),
            (0...9e-8, ["0", "2e−8", "4e−8", "6e−8", "8e−8", "1e−7"]),
        ] as [(ClosedRange<Double>, [String])])
    func labels(range: ClosedRange<Double>, labels: [String]) {
        #expect(NumberTicks(around: range, count: 6).labels == labels)
    }

    @Test("Ratios are percentages")
    func ratios() {
        #expect(NumberTicks(around: 0...1, count: 3, kind: .ratio).labels == ["0%", "50%", "100%"])
        #expect(NumberTicks(around: 0.011...0.014, count: 4, kind: .ratio).labels == ["1.1%", "1.2%", "1.3%", "1.4%"])
    }

    @Test(
        "Data that hardly differ, or are beyond all measure, have an axis all the same",
        arguments: [1e15...1e15.nextUp, -1e150...1e150, 0...Double.leastNonzeroMagnitude, 1...1.0.nextUp])
    func extremes(range: ClosedRange<Double>) {
        let axis = Axis("", around: range)
        #expect(axis.ticks.count >= 2)
        #expect(axis.ticks.allSatisfy { $0.position.isFinite })
    }

    @Test(
        "Times are round, few, and within the range",
        arguments: [60, 600, 7_200, 86_400, 7 * 86_400, 30 * 86_400, 200 * 86_400, 3_000 * 86_400, 300_000_000_000])
    func times(span: Int) {
        let start = 1_794_268_801
        let end = min(start + span, 253_402_300_799)
        let ticks = TimeTicks(in: start...end)
        #expect(1...9 ~= ticks.values.count)
        #expect(ticks.values.allSatisfy { start...end ~= $0 && $0 % 60 == 0 })
        #expect(ticks.values == ticks.values.sorted() && ticks.labels.count == ticks.values.count)
    }

    @Test("Weeks begin on Mondays, and midnights are told by their date")
    func weeks() {
        // From Sunday, 1 November 2026.
        let start = 1_793_491_200
        #expect(
            TimeTicks(in: start...start + 40 * 86_400).labels == [
                "2 Nov", "9 Nov", "16 Nov", "23 Nov", "30 Nov", "7 Dec",
            ])
        #expect(
            TimeTicks(in: start...start + 43_200, maximumCount: 5).labels == [
                "1 Nov", "03:00", "06:00", "09:00", "12:00",
            ])
    }
}
