/// A cursor over the bytes of a JSON document that reads values where they lie (RFC 8259).
///
/// It builds nothing: the caller asks for what it expects, and skips what it does not need. Everything read or skipped
/// is checked, so a document that was read to its end is well formed.
///
/// What is wrong with a document it throws as an error of its caller's, so that a caller's own functions throw one type
/// of error. All of it is public and inlinable, so that it is compiled for that error and beside the code that uses it:
/// as `package` it is not, and a request of one row takes twice as long to read.
public struct JSONReader<Failure: JSONFailure>: ~Escapable {
    /// How deeply arrays and objects may nest.
    @inlinable
    public static var maximumDepth: Int { 128 }

    @usableFromInline let bytes: Span<UInt8>
    /// The byte to be read next.
    public var position = 0

    /// A cursor before the first byte.
    @inlinable
    @_lifetime(copy bytes)
    public init(_ bytes: Span<UInt8>) { self.bytes = bytes }

    /// The byte at an offset; ``JSONByte/end`` behind the last.
    @inlinable
    @inline(always)
    public func byte(at offset: Int) -> UInt8 { offset < bytes.count ? bytes[offset] : JSONByte.end }

    /// The next byte that is not white space, which stays to be read.
    @inlinable
    @_lifetime(self: copy self)
    public mutating func peek() -> UInt8 {
        var byte = byte(at: position)
        while byte <= UInt8(ascii: " "), Self.isWhitespace(byte) {
            position += 1
            byte = self.byte(at: position)
        }
        return byte
    }

    @inlinable
    static func isWhitespace(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
            || byte == UInt8(ascii: "\t")
    }

    /// Steps over a byte if it comes next.
    @inlinable
    @_lifetime(self: copy self)
    public mutating func take(_ expected: UInt8) -> Bool {
        guard peek() == expected else { return false }
        position += 1
        return true
    }

    /// Steps over what follows an element: a comma (true) or the closing byte (false).
    @inlinable
    @_lifetime(self: copy self)
    public mutating func takeSeparator(closing: UInt8) throws(Failure) -> Bool {
        let byte = peek()
        guard byte == JSONByte.comma || byte == closing else { throw unexpected() }
        position += 1
        guard byte == JSONByte.comma else { return false }
        if peek() == closing { throw malformed("trailing comma is not allowed") }
        return true
    }

    /// Reads a member's name and the colon behind it.
    @inlinable
    @_lifetime(self: copy self)
    public mutating func readKey() throws(Failure) -> JSONString {
        guard peek() == JSONByte.quote else { throw unexpected() }
        let key = try scanString()
        guard take(JSONByte.colon) else { throw unexpected() }
        return key
    }

    /// Steps over `null`, `true` or `false`.
    @inlinable
    @_lifetime(self: copy self)
    public mutating func takeLiteral(_ literal: String) throws(Failure) {
        for letter in literal.utf8 {
            guard byte(at: position) == letter else { throw unexpected() }
            position += 1
        }
    }

    /// Steps over one whole value, checking it.
    ///
    /// - Parameter depth: how many arrays and objects are open around it.
    @inlinable
    @_lifetime(self: copy self)
    public mutating func skipValue(depth: Int = 0) throws(Failure) {
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

    @inlinable
    @_lifetime(self: copy self)
    mutating func skipArray(depth: Int) throws(Failure) {
        position += 1
        guard depth <= Self.maximumDepth else { throw tooDeep() }
        if take(JSONByte.closeBracket) { return }
        repeat { try skipValue(depth: depth) } while try takeSeparator(closing: JSONByte.closeBracket)
    }

    @inlinable
    @_lifetime(self: copy self)
    mutating func skipObject(depth: Int) throws(Failure) {
        position += 1
        guard depth <= Self.maximumDepth else { throw tooDeep() }
        if take(JSONByte.closeBrace) { return }
        repeat {
            _ = try readKey()
            try skipValue(depth: depth)
        } while try takeSeparator(closing: JSONByte.closeBrace)
    }

    /// Checks that only white space is left.
    @inlinable
    @_lifetime(self: copy self)
    public mutating func expectEnd() throws(Failure) {
        _ = peek()
        if position < bytes.count { throw malformed("unexpected content after document") }
    }
}

extension JSONReader {
    /// A syntax error at the next byte, with its place.
    @inlinable
    @inline(never)
    public func malformed(_ what: String) -> Failure {
        var line = 1
        var column = 1
        for offset in 0..<min(position, bytes.count) {
            column += 1
            if bytes[offset] == UInt8(ascii: "\n") {
                line += 1
                column = 1
            }
        }
        return Failure(malformedJSON: "\(what): line \(line) column \(column) (char \(position))")
    }

    /// The next byte cannot stand where it does.
    @inlinable
    @inline(never)
    func unexpected() -> Failure {
        if bytes.isEmpty { return malformed("Input is a zero-length, empty document") }
        return malformed(position >= bytes.count ? "unexpected end of data" : "unexpected character")
    }

    @inlinable
    @inline(never)
    func tooDeep() -> Failure {
        malformed("more than \(Self.maximumDepth) arrays and objects in each other")
    }
}
