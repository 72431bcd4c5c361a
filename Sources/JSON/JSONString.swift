/// Where a string lies in a document, its quotes excluded.
public struct JSONString {
    /// The bytes between the quotes.
    @usableFromInline let range: Range<Int>
    /// Whether one of them is a backslash.
    public let hasEscapes: Bool

    @inlinable
    init(range: Range<Int>, hasEscapes: Bool) {
        self.range = range
        self.hasEscapes = hasEscapes
    }
}

extension JSONReader {
    /// Steps over a string, checking its escapes, its control characters and its UTF-8.
    @inlinable
    @_lifetime(self: copy self)
    public mutating func scanString() throws(Failure) -> JSONString {
        position += 1
        let start = position
        var hasEscapes = false
        var union: UInt8 = 0
        while true {
            let byte = byte(at: position)
            if byte == JSONByte.quote { break }
            if byte == JSONByte.backslash {
                hasEscapes = true
                try skipEscape()
            } else {
                guard byte >= 0x20 else { throw malformedString() }
                union |= byte
                position += 1
            }
        }
        let range = start..<position
        if union >= 0x80 {
            do { _ = try UTF8Span(validating: bytes.extracting(range)) } catch {
                throw malformed("str is not valid UTF-8")
            }
        }
        position += 1
        return JSONString(range: range, hasEscapes: hasEscapes)
    }

    /// Steps over a backslash and what belongs to it; a high surrogate takes its low one with it.
    @inlinable
    @_lifetime(self: copy self)
    mutating func skipEscape() throws(Failure) {
        switch byte(at: position + 1) {
        case UInt8(ascii: "u"):
            guard let unit = hexadecimal(at: position + 2) else {
                throw malformed("invalid escaped sequence in string")
            }
            position += 6
            guard UTF16.isSurrogate(unit) else { return }
            guard UTF16.isLeadSurrogate(unit), byte(at: position) == JSONByte.backslash,
                byte(at: position + 1) == UInt8(ascii: "u"), let low = hexadecimal(at: position + 2),
                UTF16.isTrailSurrogate(low)
            else { throw malformed("no low surrogate in string") }
            position += 6
        case let letter:
            guard Self.escaped(letter) != nil else { throw malformed("invalid escaped character in string") }
            position += 2
        }
    }

    @inlinable
    func malformedString() -> Failure {
        malformed(position >= bytes.count ? "unexpected end of data" : "unexpected control character in string")
    }

    /// What a letter behind a backslash stands for.
    @inlinable
    static func escaped(_ letter: UInt8) -> UInt8? {
        switch letter {
        case JSONByte.quote, JSONByte.backslash, UInt8(ascii: "/"): letter
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        default: nil
        }
    }

    /// Four hexadecimal digits.
    @inlinable
    func hexadecimal(at offset: Int) -> UInt16? {
        var unit: UInt16 = 0
        for index in offset..<offset + 4 {
            let byte = byte(at: index)
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
            default: return nil
            }
            unit = unit << 4 | UInt16(digit)
        }
        return unit
    }

    /// Whether a scanned string is spelt exactly so, without escapes.
    @inlinable
    public func isSpelt(_ string: JSONString, _ utf8: [UInt8]) -> Bool {
        guard string.range.count == utf8.count, !string.hasEscapes else { return false }
        for offset in 0..<utf8.count where bytes[string.range.lowerBound + offset] != utf8[offset] { return false }
        return true
    }

    /// The characters of a scanned string.
    @inlinable
    public func text(_ string: JSONString) -> String {
        if !string.hasEscapes, let span = try? UTF8Span(validating: bytes.extracting(string.range)) {
            return String(copying: span)
        }
        var utf8: [UInt8] = []
        utf8.reserveCapacity(string.range.count)
        var offset = string.range.lowerBound
        while offset < string.range.upperBound {
            let byte = bytes[offset]
            guard byte == JSONByte.backslash else {
                utf8.append(byte)
                offset += 1
                continue
            }
            let letter = self.byte(at: offset + 1)
            if let plain = Self.escaped(letter) {
                utf8.append(plain)
                offset += 2
            } else {
                offset += appendScalar(at: offset, to: &utf8)
            }
        }
        return String(decoding: utf8, as: UTF8.self)
    }

    /// Appends the scalar of one `\uXXXX`, or of a pair of them, and returns how many bytes they are.
    @inlinable
    func appendScalar(at offset: Int, to utf8: inout [UInt8]) -> Int {
        let first = hexadecimal(at: offset + 2) ?? 0xFFFD
        guard UTF16.isLeadSurrogate(first) else {
            utf8.append(contentsOf: String(decoding: [first], as: UTF16.self).utf8)
            return 6
        }
        let second = hexadecimal(at: offset + 8) ?? 0xFFFD
        utf8.append(contentsOf: String(decoding: [first, second], as: UTF16.self).utf8)
        return 12
    }
}
