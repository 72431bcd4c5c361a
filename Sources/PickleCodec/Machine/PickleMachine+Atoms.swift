import BigInt

/// Numbers, text and bytes.
extension PickleMachine {
    mutating func number(_ opcode: Opcode) throws(PickleError) {
        switch opcode {
        case .binInt: try push(.integer(Int(Int32(truncatingIfNeeded: try cursor.littleEndian(4)))))
        case .binInt1: try push(.integer(Int(try cursor.littleEndian(1))))
        case .binInt2: try push(.integer(Int(try cursor.littleEndian(2))))
        case .long1: try push(integer(try cursor.slice(try cursor.length(1, of: "integer"))))
        case .long4: try push(integer(try cursor.slice(try cursor.length(4, of: "integer"))))
        case .binFloat: try push(.float(try cursor.bigEndianDouble()))
        case .float: try push(.float(try decimalFloat(try cursor.line())))
        default: try push(try decimalInteger(try cursor.line(), opcode))
        }
    }

    mutating func text(_ opcode: Opcode) throws(PickleError) {
        switch opcode {
        case .string: try push(.string(try quotedString(try cursor.line())))
        case .binString: try push(.string(latin1(try cursor.slice(try cursor.length(4, of: "string")))))
        case .shortBinString: try push(.string(latin1(try cursor.slice(try cursor.length(1, of: "string")))))
        case .unicode: try push(.string(try rawUnicodeEscape(try cursor.line())))
        case .shortBinUnicode: try push(.string(try utf8(try cursor.slice(try cursor.length(1, of: "string")))))
        case .binUnicode: try push(.string(try utf8(try cursor.slice(try cursor.length(4, of: "string")))))
        default: try push(.string(try utf8(try cursor.slice(try cursor.length(8, of: "string")))))
        }
    }

    mutating func bytes(_ opcode: Opcode) throws(PickleError) {
        switch opcode {
        case .shortBinBytes: try push(.bytes(try cursor.slice(try cursor.length(1, of: "bytes"))))
        case .binBytes: try push(.bytes(try cursor.slice(try cursor.length(4, of: "bytes"))))
        case .binBytes8: try push(.bytes(try cursor.slice(try cursor.length(8, of: "bytes"))))
        default: try push(.byteArray(try cursor.slice(try cursor.length(8, of: "bytearray"))))
        }
    }

    /// A little-endian two's complement integer of any length; no bytes mean 0.
    private func integer(_ bytes: ArraySlice<UInt8>) -> PickleValue {
        let isNegative = bytes.last.map { $0 >= 0x80 } ?? false
        var words: [UInt] = []
        words.reserveCapacity(bytes.count / 8 + 1)
        for start in stride(from: bytes.startIndex, to: bytes.endIndex, by: 8) {
            var word: UInt = isNegative ? .max : 0
            for (offset, byte) in bytes[start..<min(start + 8, bytes.endIndex)].enumerated() {
                word &= ~(0xFF << UInt(8 * offset))
                word |= UInt(byte) << UInt(8 * offset)
            }
            words.append(word)
        }
        if words.count <= 1 { return .integer(Int(bitPattern: words.first ?? 0)) }
        let number = BigInt(words: words)
        return Int(exactly: number).map { .integer($0) } ?? .bigInteger(number)
    }

    private func utf8(_ bytes: ArraySlice<UInt8>) throws(PickleError) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw malformed("a string is not UTF-8") }
        return text
    }
}

/// The spellings of protocol 0.
extension PickleMachine {
    /// CPython's own limit on converting text to int, which keeps the conversion from taking quadratic time.
    private static let maximumDecimalDigits = 4_300
    /// The letters that stand for control characters behind a backslash.
    private static let controls: [UInt8: UInt8] = [
        UInt8(ascii: "a"): 0x07, UInt8(ascii: "b"): 0x08, UInt8(ascii: "t"): 0x09, UInt8(ascii: "n"): 0x0A,
        UInt8(ascii: "v"): 0x0B, UInt8(ascii: "f"): 0x0C, UInt8(ascii: "r"): 0x0D,
    ]

    private func decimalInteger(_ line: ArraySlice<UInt8>, _ opcode: Opcode) throws(PickleError) -> PickleValue {
        var text = String(decoding: line, as: UTF8.self)
        if opcode == .int {
            if text == "00" { return .bool(false) }
            if text == "01" { return .bool(true) }
        } else if text.hasSuffix("L") {
            text.removeLast()
        }
        if let number = Int(text) { return .integer(number) }
        guard text.utf8.count <= Self.maximumDecimalDigits, let number = BigInt(text) else {
            throw malformed("an integer is not a number of at most \(Self.maximumDecimalDigits) digits")
        }
        return .bigInteger(number)
    }

    private func decimalFloat(_ line: ArraySlice<UInt8>) throws(PickleError) -> Double {
        guard let number = Double(String(decoding: line, as: UTF8.self)) else {
            throw malformed("a float is not a number")
        }
        return number
    }

    /// Bytes of Python 2 as text, a character a byte.
    func latin1(_ bytes: some Sequence<UInt8>) -> String {
        String(String.UnicodeScalarView(bytes.lazy.map { Unicode.Scalar($0) }))
    }

    /// A Python string literal of Python 2, with its escapes.
    private func quotedString(_ line: ArraySlice<UInt8>) throws(PickleError) -> String {
        guard let quote = line.first, line.count >= 2, quote == line.last, quote == 0x22 || quote == 0x27 else {
            throw malformed("a string is not in quotes")
        }
        var bytes: [UInt8] = []
        var rest = line.dropFirst().dropLast()
        while let byte = rest.popFirst() {
            bytes += byte == UInt8(ascii: "\\") ? try escaped(&rest) : [byte]
        }
        return latin1(bytes)
    }

    /// What stands behind a backslash; as in Python, an unknown letter keeps its backslash.
    private func escaped(_ rest: inout ArraySlice<UInt8>) throws(PickleError) -> [UInt8] {
        guard let letter = rest.popFirst() else { throw malformed("a string ends in a backslash") }
        switch letter {
        case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""): return [letter]
        case UInt8(ascii: "0")...UInt8(ascii: "7"):
            let digits = [letter] + rest.prefix(2).prefix { UInt8(ascii: "0")...UInt8(ascii: "7") ~= $0 }
            rest.removeFirst(digits.count - 1)
            return [UInt8(truncatingIfNeeded: digits.reduce(0) { $0 * 8 + Int($1 - UInt8(ascii: "0")) })]
        case UInt8(ascii: "x"):
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            guard digits.count == 2, digits.allSatisfy(\.isHexDigit), let byte = UInt8(digits, radix: 16) else {
                throw malformed("\\x is not followed by two hexadecimal digits")
            }
            rest.removeFirst(2)
            return [byte]
        default: return Self.controls[letter].map { [$0] } ?? [UInt8(ascii: "\\"), letter]
        }
    }

    /// Text in which characters beyond Latin-1 are written `\uXXXX` or `\UXXXXXXXX`.
    private func rawUnicodeEscape(_ line: ArraySlice<UInt8>) throws(PickleError) -> String {
        var scalars = String.UnicodeScalarView()
        var rest = line
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\"), let letter = rest.first else {
                scalars.append(Unicode.Scalar(byte))
                continue
            }
            let digitCount = letter == UInt8(ascii: "u") ? 4 : letter == UInt8(ascii: "U") ? 8 : 0
            guard digitCount > 0 else {
                // The second of two backslashes begins no escape.
                scalars.append(contentsOf: [Unicode.Scalar(byte), Unicode.Scalar(letter)])
                rest.removeFirst()
                continue
            }
            let digits = String(decoding: rest.dropFirst().prefix(digitCount), as: UTF8.self)
            guard digits.utf8.count == digitCount, digits.allSatisfy(\.isHexDigit),
                let code = UInt32(digits, radix: 16),
                let scalar = Unicode.Scalar(code)
            else { throw malformed("a unicode escape is not a character") }
            scalars.append(scalar)
            rest.removeFirst(1 + digitCount)
        }
        return String(scalars)
    }
}
