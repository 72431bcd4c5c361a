import TestSupport
import Testing

@testable import Telemetry

@Suite("Where in a trace a request is")
struct TraceContextTests {
    private static let trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    private static let span = "00f067aa0ba902b7"

    private func context(_ fields: [String: String]) -> TraceContext? { TraceContext { fields[$0] } }

    @Test(
        "traceparent as W3C has it",
        arguments: [
            ("00-\(trace)-\(span)-01", true), ("00-\(trace)-\(span)-00", false), ("00-\(trace)-\(span)-03", true),
            ("cc-\(trace)-\(span)-01-what-comes-later", true), ("cc-\(trace)-\(span)-01", true),
        ])
    func parent(text: String, isSampled: Bool) throws {
        let context = try #require(self.context(["traceparent": text, "tracestate": "a=1"]))
        #expect(TraceContext.hexadecimal(context.traceID) == Self.trace)
        #expect(TraceContext.hexadecimal(context.spanID) == Self.span)
        #expect(context.isSampled == isSampled && context.state == "a=1")
    }

    @Test(
        "What is malformed begins a trace of its own",
        arguments: [
            "", "00", "00-\(trace)-\(span)", "ff-\(trace)-\(span)-01", "00-\(trace)-\(span)-01-x",
            "00-\(trace.uppercased())-\(span)-01", "00-\(trace)0-\(span)-01", "00-\(trace)-\(span)-1",
            "00-\(String(repeating: "0", count: 32))-\(span)-01", "00-\(trace)-0000000000000000-01",
            "00-\(trace)-+0f067aa0ba902b7-01", "00-\(trace)-\(span)-0g", "0x-\(trace)-\(span)-01",
        ])
    func malformed(text: String) {
        #expect(context(["traceparent": text]) == nil)
    }

    @Test("A tracestate that is too long is left out")
    func state() throws {
        let fields = [
            "traceparent": "00-\(Self.trace)-\(Self.span)-01", "tracestate": String(repeating: "a", count: 513),
        ]
        #expect(try #require(self.context(fields)).state == nil)
    }

    @Test(
        "B3 in one field and in several, with traces of 16 and of 8 bytes",
        arguments: [
            (["b3": "\(trace)-\(span)-1"], true), (["b3": "\(trace)-\(span)-d"], true),
            (["b3": "\(trace)-\(span)-0"], false), (["b3": "\(trace)-\(span)"], true),
            (["b3": "\(trace)-\(span)-1-05e3ac9a4f6e3b90"], true),
            (["x-b3-traceid": trace, "x-b3-spanid": span, "x-b3-sampled": "1"], true),
            (["x-b3-traceid": trace, "x-b3-spanid": span, "x-b3-sampled": "0"], false),
            (["x-b3-traceid": trace, "x-b3-spanid": span, "x-b3-flags": "1"], true),
            (["x-b3-traceid": trace, "x-b3-spanid": span], true),
            (["traceparent": "nonsense", "b3": "\(trace)-\(span)-1"], true),
        ])
    func b3(fields: [String: String], isSampled: Bool) throws {
        let context = try #require(self.context(fields))
        #expect(TraceContext.hexadecimal(context.traceID) == Self.trace && context.isSampled == isSampled)
        #expect(TraceContext.hexadecimal(context.spanID) == Self.span)
        let short = try #require(self.context(["b3": "\(Self.span)-\(Self.span)-1"]))
        #expect(TraceContext.hexadecimal(short.traceID) == String(repeating: "0", count: 16) + Self.span)
    }

    @Test("B3 that names no trace", arguments: ["0", "1", "\(trace)", "\(trace)-x-1", "\(trace)-\(span)-1-2-3", "-"])
    func malformedB3(text: String) {
        #expect(context(["b3": text]) == nil)
    }

    @Test("Drawn fields are read or refused, and what is read is written as it was")
    func drawn() {
        let seed = UInt64.random(in: 0 ... .max)
        var draw = SeededGenerator(seed: seed)
        let marks = Array("0123456789abcdefABCDEFg-+ ")
        for _ in 0..<20_000 {
            var text = Array("00-\(Self.trace)-\(Self.span)-01")
            for _ in 0..<Int.random(in: 0...3, using: &draw) {
                let index = Int.random(in: 0..<text.count, using: &draw)
                if Bool.random(using: &draw) {
                    text[index] = marks.randomElement(using: &draw) ?? "0"
                } else {
                    text.remove(at: index)
                }
            }
            guard let context = context(["traceparent": String(text)]), text.starts(with: "00") else { continue }
            #expect(context.parent.dropLast(2) == String(text).dropLast(2), "seed \(seed)")
        }
    }

    @Test("Samplers by OpenTelemetry's names; a caller's decision stands where it is asked")
    func samplers() throws {
        let id = TraceContext.TraceID(high: 1, low: .max / 4)
        let caller = { TraceContext(traceID: id, spanID: 1, isSampled: $0) }
        let cases: [(name: String, argument: String?, decisions: [Bool])] = [
            ("always_on", nil, [true, true, true]), ("always_off", nil, [false, false, false]),
            ("traceidratio", "0.2", [false, false, false]), ("traceidratio", "0.3", [true, true, true]),
            ("parentbased_always_on", nil, [true, true, false]), ("parentbased_always_off", nil, [false, true, false]),
            ("parentbased_traceidratio", "0.2", [false, true, false]),
        ]
        for (name, argument, decisions) in cases {
            let sampler = try #require(TraceSampler(name: name, argument: argument))
            let found = [nil, caller(true), caller(false)].map { sampler.isSampled($0, id) }
            #expect(found == decisions, "\(name) \(argument ?? "")")
        }
        for (name, argument) in [("x", nil), ("traceidratio", "2"), ("traceidratio", "x"), ("", nil)] {
            #expect(TraceSampler(name: name, argument: argument) == nil)
        }
    }
}
