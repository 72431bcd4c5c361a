/// Reads the records of a CSV file (RFC 4180) one after the other, from its bytes.
///
/// Fields are separated by commas, and may stand in quotes, in which a quote is doubled and a line may end. Lines end
/// with LF or CRLF; empty ones are passed over, as is a byte order mark.
package struct CSVReader {
    private let bytes: [UInt8]
    private var position = 0
    /// The line of the file in which the last record began, counted from 1.
    package private(set) var line = 0
    private var nextLine = 1

    /// A reader before the first record.
    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    /// The fields of the next record; nil behind the last.
    ///
    /// - Throws: ``DataSourceError/Code/malformed`` for a quote where none may stand, and for text that is not UTF-8.
    package mutating func next() throws(DataSourceError) -> [String]? {
        skipEmptyLines()
        guard position < bytes.count else { return nil }
        line = nextLine
        var fields: [String] = []
        repeat { fields.append(try field(fields.count + 1)) } while take(UInt8(ascii: ","))
        endLine()
        return fields
    }

    private mutating func skipEmptyLines() {
        while position < bytes.count {
            let start = position
            endLine()
            if position == start { return }
        }
    }

    /// Steps over the end of a line, if it comes next.
    private mutating func endLine() {
        let isCarriageReturn = position + 1 < bytes.count && bytes[position] == 0x0D && bytes[position + 1] == 0x0A
        if isCarriageReturn { position += 1 }
        if take(0x0A) { nextLine += 1 }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    private mutating func field(_ number: Int) throws(DataSourceError) -> String {
        if take(UInt8(ascii: "\"")) { return try quotedField(number) }
        let start = position
        while position < bytes.count, bytes[position] != UInt8(ascii: ","), bytes[position] != 0x0A {
            guard bytes[position] != UInt8(ascii: "\"") else { throw error(number, "a quote inside of a field") }
            position += 1
        }
        if position < bytes.count, position > start, bytes[position] == 0x0A, bytes[position - 1] == 0x0D {
            position -= 1
        }
        return try text(bytes[start..<position], number)
    }

    private mutating func quotedField(_ number: Int) throws(DataSourceError) -> String {
        var content: [UInt8] = []
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if byte != UInt8(ascii: "\"") {
                if byte == 0x0A { nextLine += 1 }
                content.append(byte)
            } else if take(UInt8(ascii: "\"")) {
                content.append(byte)
            } else {
                return try endOfQuotedField(content[...], number)
            }
        }
        throw error(number, "a quote that nothing closes")
    }

    private mutating func endOfQuotedField(
        _ content: ArraySlice<UInt8>, _ number: Int
    ) throws(DataSourceError) -> String {
        let next = position < bytes.count ? bytes[position] : 0x0A
        guard next == UInt8(ascii: ",") || next == 0x0A || next == 0x0D else {
            throw error(number, "text behind a closing quote")
        }
        return try text(content, number)
    }

    private func text(_ utf8: ArraySlice<UInt8>, _ number: Int) throws(DataSourceError) -> String {
        guard let text = String(validating: utf8, as: UTF8.self) else { throw error(number, "text that is not UTF-8") }
        return text
    }

    private func error(_ number: Int, _ what: String) -> DataSourceError {
        DataSourceError(.malformed, "line \(line), field \(number): \(what)")
    }
}
