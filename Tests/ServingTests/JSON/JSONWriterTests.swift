import TestSupport
import Testing

@testable import Serving

@Suite("JSON writing")
struct JSONWriterTests {
    private func written(_ write: (inout JSONWriter) -> Void) -> String {
        var writer = JSONWriter()
        write(&writer)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// The expectations are what orjson 3.13.0 wrote for the same numbers.
    @Test(
        "Numbers are spelt as orjson spells them",
        arguments: [
            (0.0, "0.0"), (-0.0, "-0.0"), (1.0, "1.0"), (-1.5, "-1.5"), (0.1, "0.1"), (100.0, "100.0"),
            (1e-4, "0.0001"), (0.00012345, "0.00012345"), (1e-5, "0.00001"), (1.5e-5, "0.000015"),
            (1.2345678901234567e-05, "0.000012345678901234568"), (9.999999999999999e-06, "9.999999999999999e-6"),
            (1e-6, "1e-6"), (1.25e-6, "1.25e-6"), (-2.5e-10, "-2.5e-10"), (.leastNonzeroMagnitude, "5e-324"),
            (1e15, "1000000000000000.0"),
            (1234567890123456.0, "1234567890123456.0"), (9007199254740992.0, "9007199254740992.0"),
            (9999999999999998.0, "9999999999999998.0"), (1e16, "1e+16"), (1.5e16, "1.5e+16"), (-1e16, "-1e+16"),
            (12345678901234567.0, "1.2345678901234568e+16"), (123456789012345680.0, "1.2345678901234568e+17"),
            (1e21, "1e+21"), (1.7976931348623157e308, "1.7976931348623157e+308"), (.nan, "null"), (.infinity, "null"),
            (-.infinity, "null"),
        ])
    func number(_ value: Double, _ expected: String) {
        #expect(written { $0.number(value) } == expected)
    }

    @Test("Every number reads back as itself")
    func roundTrip() throws {
        let seed = UInt64.random(in: 0 ... .max)
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<100_000 {
            let value = Double(bitPattern: generator.next())
            guard value.isFinite else { continue }
            let text = written { $0.number(value) }
            guard Double(text)?.bitPattern == value.bitPattern else {
                Issue.record("\(value) was written as \(text), seed \(seed)")
                return
            }
        }
    }

    @Test(
        "Strings keep their characters, and escape what must be escaped",
        arguments: [
            ("", "\"\""), ("a\"b\\c/d", "\"a\\\"b\\\\c/d\""), ("\u{8}\t\n\u{C}\r", "\"\\b\\t\\n\\f\\r\""),
            ("\u{0}\u{1}\u{1F}\u{7F}", "\"\\u0000\\u0001\\u001f\u{7F}\""), ("é😀", "\"é😀\""),
        ])
    func string(_ value: String, _ expected: String) {
        #expect(written { $0.string(value) } == expected)
    }

    @Test("Integers are written whole", arguments: [0, -1, 42, Int64.min, Int64.max])
    func integer(_ value: Int64) {
        #expect(written { $0.integer(value) } == "\(value)")
    }
}
