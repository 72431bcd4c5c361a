import TestSupport
import Testing

@testable import Reports

@Suite("Numbers in reports")
struct NumberTextTests {
    private static let thin = NumberText.thinSpace

    @Test(
        "Significant digits",
        arguments: [
            (0, "0"), (-0.0, "0"), (1, "1"), (0.943249, "0.9432"), (0.94325, "0.9433"), (-0.5, "−0.5"),
            (9999.5, "10\(thin)000"),
            (12345.678, "12\(thin)350"), (1234567, "1\(thin)235\(thin)000"), (1e7, "1e7"), (1.25e-7, "1.25e−7"),
            (0.00001, "0.00001"), (0.000001, "1e−6"), (.leastNonzeroMagnitude, "5e−324"),
            (1.7976931348623157e308, "1.798e308"),
            (.nan, "–"), (.infinity, "∞"), (-.infinity, "−∞"),
        ] as [(Double, String)])
    func significant(value: Double, text: String) { #expect(NumberText.significant(value) == text) }

    @Test(
        "Fixed decimals",
        arguments: [
            (0, 2, "0.00"), (0.005, 2, "0.01"), (0.0049, 2, "0.00"), (-0.001, 2, "0.00"), (0.999, 2, "1.00"),
            (99.95, 1, "100.0"),
            (1e-9, 0, "0"), (0.5, 0, "1"), (123456.5, 0, "123\(thin)457"),
            (
                1e21, 0,
                "1\(thin)000\(thin)000\(thin)000"
                    + "\(thin)000\(thin)000\(thin)000\(thin)000"
            ),
        ] as [(Double, Int, String)])
    func fixed(value: Double, decimals: Int, text: String) {
        #expect(NumberText.fixed(value, decimals: decimals) == text)
    }

    @Test("A drawn number is never further from its text than half of the last digit")
    func rounding() throws {
        let seed = UInt64.random(in: 0..<1 << 32)
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<20_000 {
            let power = Double.random(in: -5...5, using: &generator)
            let value = Double.random(in: -1...1, using: &generator) * (Double("1e\(Int(power))") ?? 1)
            let decimals = Int.random(in: 0...6, using: &generator)
            let plain = NumberText.fixed(value, decimals: decimals).filter { $0 != "\u{202F}" }
            let read = try #require(Double(plain.replacing("−", with: "-")), "\(value), seed \(seed)")
            let half = 0.5 * (Double("1e-\(decimals)") ?? 1)
            #expect(abs(read - value) <= half * (1 + 1e-9), "\(value) with \(decimals) decimals, seed \(seed)")
            #expect(plain.split(separator: ".").dropFirst().first?.count ?? 0 == decimals)
        }
    }

    @Test("Digits read back as the number they are of, whatever it is")
    func digits() throws {
        let seed = UInt64.random(in: 0..<1 << 32)
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<20_000 {
            let value = Double(bitPattern: generator.next()).magnitude
            guard let digits = DecimalDigits(value) else {
                #expect(!value.isFinite)
                continue
            }
            #expect(Double(digits.scientific) == value, "\(value), seed \(seed)")
        }
    }

    @Test(
        "Percentages",
        arguments: [
            (0, "0%"), (1, "100%"), (0.05, "5%"), (0.0512, "5.12%"), (0.452, "45.2%"), (0.99949, "99.9%"),
            (-0.0312, "−3.12%"),
            (0.000001, "0.00%"), (12, "1200%"), (.nan, "–"),
        ] as [(Double, String)])
    func percent(ratio: Double, text: String) { #expect(NumberText.percent(ratio) == text) }

    @Test(
        "Signs",
        arguments: [(0.031, "+0.031", "+3%"), (-0.294, "−0.29", "−29%"), (0, "0", "0%"), (0.004, "+0.004", "0%")]
            as [(Double, String, String)])
    func signed(value: Double, number: String, percent: String) {
        #expect(NumberText.signed(value, significantDigits: 2) == number)
        #expect(NumberText.signedPercent(value) == percent)
    }

    @Test(
        "Durations",
        arguments: [
            (0, "0\(thin)s"), (8.3e-4, "830\(thin)µs"), (0.0042, "4.20\(thin)ms"), (0.0119, "11.9\(thin)ms"),
            (0.99999, "1.00\(thin)s"), (3.21, "3.21\(thin)s"), (59.97, "1\(thin)min"), (252, "4\(thin)min 12\(thin)s"),
            (7500, "2\(thin)h 5\(thin)min"), (3600, "1\(thin)h"), (604_800, "7\(thin)d"),
            (90_061, "1\(thin)d 1\(thin)h"),
            (-1, "–"), (.infinity, "–"),
        ] as [(Double, String)])
    func durations(seconds: Double, text: String) { #expect(NumberText.duration(seconds) == text) }

    @Test("Numbers of one row have the decimals of the largest, unless their sizes differ too much")
    func aligned() {
        #expect(NumberText.aligned([0.9312, 0.512, nil]) == ["0.9312", "0.5120", "–"])
        #expect(NumberText.aligned([0.663, 1, 0.888]) == ["0.663", "1.000", "0.888"])
        #expect(NumberText.aligned([0.000123, 4.5]) == ["0.000123", "4.5"])
        #expect(NumberText.aligned([0, .nan]) == ["0.000", "–"])
    }

    @Test("Times in UTC, before 1970 and beyond the calendar too")
    func times() {
        #expect(TimeText.full(1_795_226_461) == "2026-11-21 02:01 UTC")
        #expect(TimeText.rfc3339(-1) == "1969-12-31T23:59:59Z")
        #expect(TimeText.rfc3339(.max) == "9999-12-31T23:59:59Z")
        #expect(TimeText.rfc3339(.min) == "0000-01-01T00:00:00Z")
        #expect(TimeText.day(0) == "1 Jan")
    }
}
