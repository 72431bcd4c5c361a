/// A cursor over the bytes of a JSON document that reads values where they lie (RFC 8259).
///
/// It builds nothing: the caller asks for what it expects, and skips what it does not need. Everything read or skipped
/// is checked, so a document that was read to its end is well formed.
package struct JSONReader: ~Escapable {
    /// How deeply arrays and objects may nest.
    static let maximumDepth = 128

    let bytes: Span<UInt8>
    /// The byte to be read next.
    package internal(set) var position = 0

    /// A cursor before the first byte.
    @_lifetime(copy bytes)
    package init(_ bytes: Span<UInt8>) { self.bytes = bytes }

    /// The byte at an offset; ``JSONByte/end`` behind the last.
    @inline(always)
    func byte(at offset: Int) -> UInt8 { offset < bytes.count ? bytes[offset] : JSONByte.end }

    /// The next byte that is not white space, which stays to be read.
    @_lifetime(self: copy self)
    package mutating func peek() -> UInt8 {
        var byte = byte(at: position)
        while byte <= UInt8(ascii: " "), Self.isWhitespace(byte) {
            position += 1
            byte = self.byte(at: position)
        }
        return byte
    }

    private static func isWhitespace(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
            || byte == UInt8(ascii: "\t")
    }

    /// Steps over a byte if it comes next.
    @_lifetime(self: copy self)
    package mutating func take(_ expected: UInt8) -> Bool {
        guard peek() == expected else { return false }
        position += 1
        return true
    }

    /// Steps over what follows an element: a comma (true) or the closing byte (false).
    @_lifetime(self: copy self)
    package mutating func takeSeparator(closing: UInt8) throws(ServingError) -> Bool {
        let byte = peek()
        guard byte == JSONByte.comma || byte == closing else { throw unexpected() }
        position += 1
        guard byte == JSONByte.comma else { return false }
        if peek() == closing { throw malformed("trailing comma is not allowed") }
        return true
    }

    /// Reads a member's name and the colon behind it.
    @_lifetime(self: copy self)
    package mutating func readKey() throws(ServingError) -> JSONString {
        guard peek() == JSONByte.quote else { throw unexpected() }
        let key = try scanString()
        guard take(JSONByte.colon) else { throw unexpected() }
        return key
    }

    /// Steps over `null`, `true` or `false`.
    @_lifetime(self: copy self)
    package mutating func takeLiteral(_ literal: String) throws(ServingError) {
        for letter in literal.utf8 {
            guard byte(at: position) == letter else { throw unexpected() }
            position += 1
        }
    }

    /// Steps over one whole value, checking it.
    ///
    /// - Parameter depth: how many arrays and objects are open around it.
    @_lifetime(self: copy self)
    package mutating func skipValue(depth: Int = 0) throws(ServingError) {
        switch peek() {
        case JSONByte.quote: _ = try scanString()
        case JSONByte.openBracket: try skipArray(depth: depth + 1)
        case JSONByte.openBrace: try skipObject(depth: depth + 1)
        case UInt8(ascii: "n"): try takeLiteral("null")
        case UInt8(ascii: "t"): try takeLiteral("true")
        case UInt8(ascii: "f"): try takeLiteral("false")
        default: _ = try readNumber()
        }
    }

    @_lifetime(self: copy self)
    private mutating func skipArray(depth: Int) throws(ServingError) {
        position += 1
        guard depth <= Self.maximumDepth else { throw tooDeep() }
        if take(JSONByte.closeBracket) { return }
        repeat { try skipValue(depth: depth) } while try takeSeparator(closing: JSONByte.closeBracket)
    }

    @_lifetime(self: copy self)
    private mutating func skipObject(depth: Int) throws(ServingError) {
        position += 1
        guard depth <= Self.maximumDepth else { throw tooDeep() }
        if take(JSONByte.closeBrace) { return }
        repeat {
            _ = try readKey()
            try skipValue(depth: depth)
        } while try takeSeparator(closing: JSONByte.closeBrace)
    }

    /// Checks that only white space is left.
    @_lifetime(self: copy self)
    package mutating func expectEnd() throws(ServingError) {
        _ = peek()
        if position < bytes.count { throw malformed("unexpected content after document") }
    }
}

extension JSONReader {
    /// A syntax error at the next byte, with the place told as KServe's server does.
    @inline(never)
    func malformed(_ what: String) -> ServingError {
        var line = 1
        var column = 1
        for offset in 0..<min(position, bytes.count) {
            column += 1
            if bytes[offset] == UInt8(ascii: "\n") {
                line += 1
                column = 1
            }
        }
        return ServingError(
            .malformedRequest,
            "Unrecognized request format: \(what): line \(line) column \(column) (char \(position))"
        )
    }

    /// The next byte cannot stand where it does.
    @inline(never)
    func unexpected() -> ServingError {
        if bytes.isEmpty { return malformed("Input is a zero-length, empty document") }
        return malformed(position >= bytes.count ? "unexpected end of data" : "unexpected character")
    }

    @inline(never)
    private func tooDeep() -> ServingError {
        malformed("more than \(Self.maximumDepth) arrays and objects in each other")
    }
}
