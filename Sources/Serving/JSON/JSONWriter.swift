import JSON

/// A JSON document being written as bytes, without white space, as KServe's server writes it.
package struct JSONWriter: Sendable {
    /// What has been written.
    package private(set) var bytes: [UInt8] = []

    /// An empty document; its bytes will need about this much room.
    package init(capacity: Int = 0) { bytes.reserveCapacity(capacity) }

    /// Writes JSON's own marks, such as `{"predictions":`.
    @inline(always)
    package mutating func raw(_ text: String) { bytes.append(contentsOf: text.utf8) }

    /// Writes one byte of JSON's own marks.
    @inline(always)
    package mutating func raw(_ byte: UInt8) { bytes.append(byte) }

    /// Writes bytes as they are.
    package mutating func append(_ other: [UInt8]) { bytes.append(contentsOf: other) }

    /// Writes an integer.
    package mutating func integer(_ value: Int64) { bytes.append(contentsOf: value.description.utf8) }

    /// Writes `true` or `false`.
    package mutating func bool(_ value: Bool) { value ? raw("true") : raw("false") }

    /// Writes a string with its quotes; only quotes, backslashes and control characters are escaped.
    package mutating func string(_ text: String) {
        raw(JSONByte.quote)
        for byte in text.utf8 {
            switch byte {
            case JSONByte.quote: raw("\\\"")
            case JSONByte.backslash: raw("\\\\")
            case 0x20...: raw(byte)
            default: escape(byte)
            }
        }
        raw(JSONByte.quote)
    }

    private mutating func escape(_ control: UInt8) {
        switch control {
        case 0x08: raw("\\b")
        case 0x09: raw("\\t")
        case 0x0A: raw("\\n")
        case 0x0C: raw("\\f")
        case 0x0D: raw("\\r")
        default:
            raw("\\u00")
            raw(UInt8(ascii: "0") + control >> 4)
            let low = control & 15
            raw(low < 10 ? UInt8(ascii: "0") + low : UInt8(ascii: "a") + low - 10)
        }
    }

    /// Writes the name of a member and its colon.
    package mutating func key(_ name: String) {
        string(name)
        raw(JSONByte.colon)
    }
}

extension JSONWriter {
    /// Writes the shortest decimal number that reads back as the same double, as orjson spells it; `null` for NaN and
    /// the infinities.
    ///
    /// Positional from 1e-5 up to below 1e16, with at least one decimal; else `1.5e-7`, `1e+16`.
    package mutating func number(_ value: Double) {
        guard value.isFinite else { return raw("null") }
        let magnitude = value.magnitude
        if 1e-4..<0x1p53 ~= magnitude || magnitude == 0 {
            // Here the standard library spells it the same way.
            bytes.append(contentsOf: value.description.utf8)
        } else {
            respell(value)
        }
    }

    /// Spells a number that is very small or very large, from the digits the standard library finds.
    private mutating func respell(_ value: Double) {
        var digits: [UInt8] = []
        var pointOffset: Int?
        var exponent = 0
        let spelling = value.magnitude.description.utf8
        for (offset, byte) in spelling.enumerated() {
            if byte == JSONByte.point {
                pointOffset = digits.count
            } else if byte == UInt8(ascii: "e") {
                exponent = Int(String(Substring(spelling.dropFirst(offset + 1)))) ?? 0
                break
            } else {
                digits.append(byte)
            }
        }
        exponent += (pointOffset ?? digits.count) - 1
        while digits.count > 1, digits.last == JSONByte.zero { digits.removeLast() }
        while digits.count > 1, digits.first == JSONByte.zero {
            digits.removeFirst()
            exponent -= 1
        }
        if value.sign == .minus { raw(JSONByte.minus) }
        switch exponent {
        case -5:
            raw("0.0000")
            bytes.append(contentsOf: digits)
        case 0...15:
            // From 2^53 on: an integer.
            bytes.append(contentsOf: digits)
            bytes.append(contentsOf: repeatElement(JSONByte.zero, count: max(0, exponent + 1 - digits.count)))
            raw(".0")
        default:
            scientific(digits, exponent: exponent)
        }
    }

    private mutating func scientific(_ digits: [UInt8], exponent: Int) {
        raw(digits[0])
        if digits.count > 1 {
            raw(JSONByte.point)
            bytes.append(contentsOf: digits[1...])
        }
        raw(UInt8(ascii: "e"))
        if exponent >= 0 { raw(JSONByte.plus) }
        integer(Int64(exponent))
    }
}
