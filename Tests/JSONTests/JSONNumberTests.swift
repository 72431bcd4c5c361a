import JSON
import TestSupport
import Testing

@Suite("JSON numbers")
struct JSONNumberTests {
    private func read(_ text: String) throws -> Double {
        let bytes = Array(text.utf8)
        var reader = JSONReader<Mistake>(bytes.span)
        let value = try reader.readNumber()
        try reader.expectEnd()
        return value
    }

    @Test(
        "The nearest double is read, ties to even",
        arguments: [
            "0", "-0", "0.0", "-0.0", "0e5", "0.000e-400", "1", "-1", "10", "123456789012345678",
            "9007199254740993", "9007199254740992.5", "9007199254740991.5", "18446744073709551615",
            "18446744073709551616", "99999999999999999999", "0.1", "0.3", "2.2250738585072011e-308",
            "2.2250738585072014e-308", "4.9e-324", "5e-324", "2.4703282292062327e-324",
            "2.4703282292062328e-324", "1e-400", "1.7976931348623157e308", "1e22", "1e23", "9e22",
            "8.5e22", "1e-22", "1e-23", "1e-27", "1e-28", "9223372036854775807e-27", "9999999999999999999e-1",
            "9999999999999999999e-27", "1.0000000000000002220446049250313080847263336181640625",
            "1.00000000000000011102230246251565404236316680908203125",
            "1.00000000000000011102230246251565404236316680908203124",
            "1.00000000000000011102230246251565404236316680908203126", "0.00000000000000000000000001",
            "1e+5", "1E5", "1E-5", "1.5e0", "4503599627370496.5",
            "4503599627370497.5", "0.500000000000000166533453693773481063544750213623046875",
            "3.518437208883201171875e13", "6.2831853071795864769", "1e00000000000000000000000000005",
            "0.00000000000000000000000000000000000000000000000000000001e56",
        ])
    func nearest(_ text: String) throws {
        let expected = try #require(Double(text))
        #expect(try read(text).bitPattern == expected.bitPattern)
    }

    @Test("What the standard library reads is what is read, for drawn numbers")
    func drawn() throws {
        let seed = UInt64.random(in: 0 ... .max)
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<200_000 {
            let text = Self.spelling(&generator)
            let expected = try #require(Double(text))
            guard expected.isFinite else { continue }
            let value = try read(text)
            guard value.bitPattern == expected.bitPattern else {
                Issue.record("\(text) was read as \(value), seed \(seed)")
                return
            }
        }
    }

    /// A number in one of the spellings clients use, or near the middle between two doubles.
    private static func spelling(_ generator: inout SeededGenerator) -> String {
        let sign = Bool.random(using: &generator) ? "-" : ""
        switch Int.random(in: 0..<6, using: &generator) {
        case 0: return sign + Double.random(in: 0..<1, using: &generator).description
        case 1: return sign + Double.random(in: 0..<1e6, using: &generator).description
        case 2:
            let value = Double(bitPattern: UInt64.random(in: 0..<0x7FF0_0000_0000_0000, using: &generator))
            return sign + value.description
        case 3:
            let digits =
                UInt64.random(in: 0 ... .max, using: &generator) >> UInt64.random(in: 0..<60, using: &generator)
            return "\(sign)\(digits)e\(Int.random(in: -35...25, using: &generator))"
        case 4:
            // An odd multiple of half a unit in the last place: a tie, or just beside one.
            let half = UInt64.random(in: (1 << 53)..<(1 << 54), using: &generator) | 1
            let nudge = ["", "0", "1"].randomElement(using: &generator) ?? ""
            return half % 4 == 1 ? "\(sign)\(half).\(nudge)0" : "\(sign)\(half - 1).\(nudge)9"
        default:
            let whole = UInt64.random(in: 0..<1_000_000_000_000, using: &generator)
            let part = UInt64.random(in: 0..<1_000_000_000_000, using: &generator)
            return "\(sign)\(whole).\(part)"
        }
    }

    @Test(
        "What JSON does not call a number is refused",
        arguments: [
            "", "-", "+1", "01", "-01", "00", ".5", "1.", "1.e5", "1e", "1e+", "1e-", "0x10", "NaN", "Infinity",
            "-Infinity", "1_000", "1,5", "1e5.5", "--1", "1-", "e5", "1e400", "-1e400", "1e99999999999999999999",
            "2e308", "1.7976931348623159e308",
        ])
    func refused(_ text: String) {
        #expect(throws: Mistake.self) { try read(text) }
    }
}
