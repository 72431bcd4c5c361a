/// Where in a trace something happens, as fields of requests tell it: W3C Trace Context (level 1) or B3.
package struct TraceContext: Hashable, Sendable {
    /// The trace: 16 bytes, as two numbers.
    package struct TraceID: Hashable, Sendable {
        let high: UInt64
        let low: UInt64
    }

    /// The trace.
    package let traceID: TraceID
    /// The span, never 0.
    package let spanID: UInt64
    /// Whether the caller records it, or here what is decided.
    package let isSampled: Bool
    /// `tracestate`, handed on as it is.
    package let state: String?

    init(traceID: TraceID, spanID: UInt64, isSampled: Bool, state: String? = nil) {
        self.traceID = traceID
        self.spanID = spanID
        self.isSampled = isSampled
        self.state = state
    }

    /// What the fields of a request tell; nil if they tell nothing that is well formed. W3C comes first, then B3 in one
    /// field, then in several.
    ///
    /// - Parameter field: the value of a field, by its name in lower case.
    init?(field: (String) -> String?) {
        if let parent = field("traceparent"), let context = TraceContext(parent: parent, state: field("tracestate")) {
            self = context
        } else if let single = field("b3"), let context = TraceContext(b3: single) {
            self = context
        } else if let trace = field("x-b3-traceid"), let span = field("x-b3-spanid"),
            let traceID = TraceID(b3: trace[...]), let spanID = Self.spanID(span[...])
        {
            let decision = field("x-b3-flags") == "1" ? "1" : field("x-b3-sampled") ?? "1"
            self.init(traceID: traceID, spanID: spanID, isSampled: ["1", "true"].contains(decision.lowercased()))
        } else {
            return nil
        }
    }

    /// `traceparent` and `tracestate` (W3C Trace Context, sections 3.2 and 3.3).
    private init?(parent: String, state: String?) {
        let parts = parent.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count >= 4, let version = Self.number(parts[0], digits: 2), version != 0xFF,
            version > 0 || parts.count == 4, let traceID = TraceID(parts[1]), let spanID = Self.spanID(parts[2]),
            let flags = Self.number(parts[3], digits: 2)
        else { return nil }
        let isShort = state.map { $0.utf8.count <= 512 } ?? true
        self.init(traceID: traceID, spanID: spanID, isSampled: flags & 1 == 1, state: isShort ? state : nil)
    }

    /// `b3: trace-span-decision-parent`, of which the last two may be missing; a decision alone names no trace.
    private init?(b3 text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard 2...4 ~= parts.count, let traceID = TraceID(b3: parts[0]), let spanID = Self.spanID(parts[1]) else {
            return nil
        }
        let decision = parts.count > 2 ? parts[2] : "1"
        self.init(traceID: traceID, spanID: spanID, isSampled: decision == "1" || decision == "d")
    }

    /// `traceparent`.
    var parent: String {
        "00-\(Self.hexadecimal(traceID))-\(Self.hexadecimal(spanID))-\(isSampled ? "01" : "00")"
    }

    private static func spanID(_ text: Substring) -> UInt64? {
        number(text, digits: 16).flatMap { $0 == 0 ? nil : $0 }
    }

    /// A number of so many hexadecimal digits in lower case.
    fileprivate static func number(_ text: Substring, digits: Int) -> UInt64? {
        let isPlain = text.utf8.allSatisfy {
            UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 || UInt8(ascii: "a")...UInt8(ascii: "f") ~= $0
        }
        return text.utf8.count == digits && isPlain ? UInt64(text, radix: 16) : nil
    }

    /// 16 hexadecimal digits.
    static func hexadecimal(_ number: UInt64) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    /// 32 hexadecimal digits.
    static func hexadecimal(_ id: TraceID) -> String { hexadecimal(id.high) + hexadecimal(id.low) }
}

extension TraceContext.TraceID {
    /// 32 hexadecimal digits, not all 0.
    init?(_ text: Substring) {
        guard text.utf8.count == 32, let high = TraceContext.number(text.prefix(16), digits: 16),
            let low = TraceContext.number(text.suffix(16), digits: 16), high != 0 || low != 0
        else { return nil }
        self.init(high: high, low: low)
    }

    /// 32 hexadecimal digits or, in B3, 16.
    init?(b3 text: Substring) {
        guard text.utf8.count == 16 else {
            self.init(text)
            return
        }
        guard let low = TraceContext.number(text, digits: 16), low != 0 else { return nil }
        self.init(high: 0, low: low)
    }

    /// A new one.
    static func random() -> Self {
        Self(high: .random(in: .min ... .max), low: .random(in: 1 ... .max))
    }
}
