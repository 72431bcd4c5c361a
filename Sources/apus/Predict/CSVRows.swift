import Tensors

/// Rows of numbers in CSV (RFC 4180), with a first line of column names or without.
struct CSVRows {
    /// The names of the columns; nil if the first line is numbers.
    let names: [String]?
    /// The numbers; an empty field is a missing value.
    let rows: Matrix<Double>

    /// Reads a file's text.
    ///
    /// - Throws: ``Refusal`` that names the line which is no row of numbers.
    init(_ text: String) throws {
        // Line ends are one character, whether they are LF or CRLF. Empty lines are no rows, but count.
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated()
            .filter { !$0.element.isEmpty }
            .map { (number: $0.offset + 1, fields: Self.fields($0.element)) }
        guard let first = lines.first?.fields else { throw Refusal("there are no rows") }
        let hasNames = first.contains { Self.number($0) == nil }
        names = hasNames ? first : nil
        var numbers: [Double] = []
        for line in lines.dropFirst(hasNames ? 1 : 0) {
            guard line.fields.count == first.count else {
                throw Refusal("line \(line.number) has \(line.fields.count) fields, the first \(first.count)")
            }
            for field in line.fields {
                guard let number = Self.number(field) else {
                    throw Refusal("line \(line.number): \(field.prefix(80)) is not a number")
                }
                numbers.append(number)
            }
        }
        rows = Matrix(rowCount: numbers.count / first.count, columnCount: first.count, elements: numbers)
    }

    /// The fields of a line; quotes around a field are taken off, and doubled ones within it halved.
    private static func fields(_ line: Substring) -> [String] {
        var fields = [""]
        var isQuoted = false
        var previous: Character?
        for character in line {
            switch character {
            case "\"":
                if !isQuoted, previous == "\"" { fields[fields.count - 1].append("\"") }
                isQuoted.toggle()
            case "," where !isQuoted: fields.append("")
            default: fields[fields.count - 1].append(character)
            }
            previous = character
        }
        return fields
    }

    private static func number(_ field: String) -> Double? {
        let trimmed = field.drop { $0 == " " }.prefix { $0 != " " }
        return trimmed.isEmpty ? .nan : Double(trimmed)
    }
}
