extension JSONValue {
    /// Reads a document (RFC 8259).
    ///
    /// - Throws: ``StoreError/Code/malformed`` that says what is wrong, and at which byte.
    public init(parsing bytes: [UInt8]) throws(StoreError) {
        var parser = JSONParser(bytes)
        self = try parser.document()
    }
}

/// Reads JSON by recursive descent, to a bounded depth.
struct JSONParser {
    /// How deeply arrays and objects may nest.
    static let maximumDepth = 100

    private let bytes: [UInt8]
    private var position = 0
    private var depth = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The one value of the document.
    mutating func document() throws(StoreError) -> JSONValue {
        let value = try value()
        skipSpace()
        guard position == bytes.count else { throw error("nothing after the value") }
        return value
    }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private func error(_ expected: String) -> StoreError {
        let place = position < bytes.count ? "at byte \(position)" : "at the end"
        return StoreError(.malformed, "not JSON: expected \(expected) \(place)")
    }

    private mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    /// Steps over a byte if it is the next one after white space.
    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        skipSpace()
        guard next == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func value() throws(StoreError) -> JSONValue {
        skipSpace()
        switch next {
        case UInt8(ascii: "{"): return .object(try nested { parser throws(StoreError) in try parser.object() })
        case UInt8(ascii: "["): return .array(try nested { parser throws(StoreError) in try parser.array() })
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case let byte? where byte == UInt8(ascii: "-") || isDigit(byte): return .number(try number())
        default: throw error("a value")
        }
    }

    private mutating func nested<Value>(
        _ read: (inout JSONParser) throws(StoreError) -> Value
    ) throws(StoreError) -> Value {
        guard depth < Self.maximumDepth else { throw error("no more than \(Self.maximumDepth) levels") }
        position += 1
        depth += 1
        let value = try read(&self)
        depth -= 1
        return value
    }

    private mutating func object() throws(StoreError) -> JSONValue.Object {
        var members: [JSONValue.Object.Member] = []
        if take("}") { return JSONValue.Object() }
        repeat {
            skipSpace()
            guard next == UInt8(ascii: "\"") else { throw error("a key in quotes") }
            let key = try string()
            guard take(":") else { throw error("a colon") }
            members.append(JSONValue.Object.Member(key, try value()))
        } while take(",")
        guard take("}") else { throw error("a comma or a closing brace") }
        return JSONValue.Object(members)
    }

    private mutating func array() throws(StoreError) -> [JSONValue] {
        var elements: [JSONValue] = []
        if take("]") { return elements }
        repeat { elements.append(try value()) } while take(",")
        guard take("]") else { throw error("a comma or a closing bracket") }
        return elements
    }

    private mutating func word(_ text: String, _ value: JSONValue) throws(StoreError) -> JSONValue {
        guard bytes[position...].starts(with: text.utf8) else { throw error("a value") }
        position += text.utf8.count
        return value
    }

    // MARK: - Numbers

    private mutating func number() throws(StoreError) -> JSONValue.Number {
        let start = position
        if next == UInt8(ascii: "-") { position += 1 }
        let first = next
        let whole = skipDigits()
        guard whole > 0, whole == 1 || first != UInt8(ascii: "0") else { throw error("a number") }
        if next == UInt8(ascii: ".") {
            position += 1
            guard skipDigits() > 0 else { throw error("digits after the point") }
        }
        if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
            position += 1
            if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { position += 1 }
            guard skipDigits() > 0 else { throw error("digits of an exponent") }
        }
        return JSONValue.Number(checked: String(decoding: bytes[start..<position], as: UTF8.self))
    }

    /// Steps over digits, and says how many.
    private mutating func skipDigits() -> Int {
        let start = position
        while let byte = next, isDigit(byte) { position += 1 }
        return position - start
    }

    private func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }

    // MARK: - Strings

    private mutating func string() throws(StoreError) -> String {
        position += 1
        var text: [UInt8] = []
        while let byte = next, byte != UInt8(ascii: "\"") {
            guard byte >= 0x20 else { throw error("no control character in a string") }
            if byte == UInt8(ascii: "\\") {
                text += Array(String(try escape()).utf8)
            } else {
                text.append(byte)
                position += 1
            }
        }
        guard next != nil else { throw error("a quote that ends the string") }
        position += 1
        guard let string = String(validating: text, as: UTF8.self) else { throw error("a string of valid UTF-8") }
        return string
    }

    private mutating func escape() throws(StoreError) -> Unicode.Scalar {
        position += 1
        guard let letter = next else { throw error("an escape") }
        position += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(letter)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try unicodeEscape()
        default: throw error("an escape that JSON has")
        }
    }

    /// Four hexadecimal digits, and of a pair of surrogates the second four.
    private mutating func unicodeEscape() throws(StoreError) -> Unicode.Scalar {
        let unit = try hexadecimal()
        if let scalar = Unicode.Scalar(unit) { return scalar }
        guard UTF16.isLeadSurrogate(unit), bytes[position...].starts(with: "\\u".utf8) else {
            throw error("a pair of surrogates")
        }
        position += 2
        let trail = try hexadecimal()
        guard UTF16.isTrailSurrogate(trail) else { throw error("a pair of surrogates") }
        return UTF16.decode(UTF16.EncodedScalar([unit, trail]))
    }

    private mutating func hexadecimal() throws(StoreError) -> UInt16 {
        let digits = bytes[position...].prefix(4)
        guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
            let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw error("four hexadecimal digits") }
        position += 4
        return unit
    }
}
