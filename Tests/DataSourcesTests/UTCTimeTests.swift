import Foundation
import TestSupport
import Testing

@testable import DataSources

@Suite("Moments as people write them")
struct UTCTimeTests {
    @Test("Every day of eight hundred years, and drawn moments, are written and read as Foundation does")
    func foundation() throws {
        let style = Date.ISO8601FormatStyle()
        for day in stride(from: -135_140, to: 157_000, by: 1) {
            let text = UTCTime.text(day * 86_400)
            #expect(UTCTime.seconds(text) == Double(day * 86_400))
        }
        var generator = SeededGenerator(seed: .random(in: 0 ... .max))
        for _ in 0..<2_000 {
            let seconds = Int.random(in: -11_000_000_000...13_000_000_000, using: &generator)
            let text = Date(timeIntervalSince1970: Double(seconds)).formatted(style)
            #expect(UTCTime.text(seconds) == text)
            #expect(UTCTime.seconds(text) == Double(seconds))
        }
    }

    @Test(
        "Zones, fractions and short forms are read",
        arguments: [
            ("1970-01-02", 86_400.0), ("1970-01-01T00:01", 60), ("1970-01-01 00:00:01", 1),
            ("1970-01-01t00:00:01.25z", 1.25), ("1970-01-01T01:00:00+01:00", 0), ("1970-01-01T00:00:00-0130", 5_400),
            ("1970-01-01T00:00:00+02", -7_200), ("2016-12-31T23:59:60Z", 1_483_228_800),
        ])
    func forms(text: String, expected: Double) { #expect(UTCTime.seconds(text) == expected) }

    @Test(
        "Anything else is not a moment",
        arguments: [
            "", "2026", "2026-1-1", "2026-13-01", "2026-00-01", "2026-02-29", "2026-04-31", "2026-01-00", "2026-01-01T",
            "2026-01-01T24:00", "2026-01-01T00:60", "2026-01-01T00:00:61", "2026-01-01T00:00:00.", "2026-01-01T00:00Zx",
            "2026-01-01T00:00+", "2026-01-01T00:00+24:00", "2026-01-01X00:00", "2026/01/01", "٢٠٢٦-01-01",
            " 2026-01-01", "+026-01-01",
        ])
    func nonsense(text: String) { #expect(UTCTime.seconds(text) == nil) }
}
