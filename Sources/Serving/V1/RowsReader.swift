import JSON
import Tensors

/// Reads the rows of a V1 request into a matrix, in the forms that notebooks and clients send.
///
/// - `[[1, 2], [3, 4]]`: rows as lists;
/// - `[1, 2]`: one value a row, for a model of one feature;
/// - `[{"a": 1, "b": 2}, ...]`: rows by column name, also one list deeper;
/// - `[{"a": [1, 3], "b": [2, 4]}]`: several rows in an object, by column name;
/// - `{"a": [1, 3], "b": [2, 4]}`: the columns of all rows.
///
/// A value is a number, `true` (1), `false` (0) or `null` (NaN).
struct RowsReader: ~Copyable {
    /// The member the rows stand under, for messages.
    let member: String
    let input: ModelInput
    /// The rows so far, row-major.
    var elements: [Double] = []
    var rowCount = 0
    /// The length of the first row.
    var columnCount: Int?
    /// Where rows by column name are gathered.
    private var table: ColumnTable?

    private init(member: String, for input: ModelInput) {
        self.member = member
        self.input = input
    }

    /// Reads the value of `instances` or `inputs`.
    static func read(
        _ reader: inout RequestReader,
        member: String,
        for input: ModelInput
    ) throws(ServingError) -> Matrix<Double> {
        var rows = RowsReader(member: member, for: input)
        switch reader.peek() {
        case JSONByte.openBracket: try rows.readInstances(&reader)
        case JSONByte.openBrace: try rows.readNamedRows(&reader)
        default:
            throw ServingError(.malformedRequest, "Expected \"\(member)\" to be a list or an object of columns")
        }
        return Matrix(rowCount: rows.rowCount, columnCount: rows.columnCount ?? 0, elements: rows.elements)
    }

    private mutating func readInstances(_ reader: inout RequestReader) throws(ServingError) {
        reader.position += 1
        if reader.take(JSONByte.closeBracket) { return }
        switch reader.peek() {
        case JSONByte.openBracket, JSONByte.openBrace:
            elements.reserveCapacity(input.featureCount)
            repeat { try readInstance(&reader) } while try reader.takeSeparator(closing: JSONByte.closeBracket)
        default: try readScalars(&reader)
        }
    }

    /// Reads a list of values, each a row of one.
    private mutating func readScalars(_ reader: inout RequestReader) throws(ServingError) {
        columnCount = 1
        repeat {
            elements.append(try readCell(&reader, column: nil))
            rowCount += 1
        } while try reader.takeSeparator(closing: JSONByte.closeBracket)
        guard input.featureCount == 1 else {
            throw ServingError(
                .unacceptableRows,
                "Expected 2D array, got 1D array instead: each of \"\(member)\" must be a list of "
                    + "\(input.featureCount) values."
            )
        }
    }

    private mutating func readInstance(_ reader: inout RequestReader) throws(ServingError) {
        switch reader.peek() {
        case JSONByte.openBracket:
            reader.position += 1
            if reader.peek() == JSONByte.openBrace {
                repeat { try readNamedRows(&reader) } while try reader.takeSeparator(closing: JSONByte.closeBracket)
            } else {
                try readRow(&reader)
            }
        case JSONByte.openBrace: try readNamedRows(&reader)
        default:
            throw rowError(
                "is a single value, but \(member)[0] is a row: all instances must have the same form."
            )
        }
    }

    /// Reads the values of a row, its opening bracket being behind us.
    private mutating func readRow(_ reader: inout RequestReader) throws(ServingError) {
        let start = elements.count
        if !reader.take(JSONByte.closeBracket) {
            repeat {
                elements.append(try readCell(&reader, column: elements.count - start))
            } while try reader.takeSeparator(closing: JSONByte.closeBracket)
        }
        try endRow(count: elements.count - start)
    }

    /// Counts a row in, if it is as long as the others.
    mutating func endRow(count: Int) throws(ServingError) {
        if let columnCount {
            guard count == columnCount else { throw ragged(count, columnCount) }
        } else {
            columnCount = count
        }
        rowCount += 1
    }

    /// Reads one value of a row.
    ///
    /// - Parameter column: which one, for messages; nil if the row is a single value.
    @inline(always)
    private func readCell(_ reader: inout RequestReader, column: Int?) throws(ServingError) -> Double {
        let byte = reader.peek()
        if byte <= JSONByte.nine, byte != JSONByte.quote { return try reader.readNumber() }
        return try readUnusualCell(&reader, place: column.map { "[\($0)]" } ?? "")
    }

    /// Reads a value that is not a number.
    @inline(never)
    private func readUnusualCell(
        _ reader: inout RequestReader,
        place: @autoclosure () -> String
    ) throws(ServingError) -> Double {
        switch reader.peek() {
        case UInt8(ascii: "n"):
            try reader.takeLiteral("null")
            return .nan
        case UInt8(ascii: "t"):
            try reader.takeLiteral("true")
            return 1
        case UInt8(ascii: "f"):
            try reader.takeLiteral("false")
            return 0
        case JSONByte.quote: throw cellError(place(), "a string")
        case JSONByte.openBracket: throw cellError(place(), "a list")
        case JSONByte.openBrace: throw cellError(place(), "an object")
        default: return try reader.readNumber()
        }
    }
}

// MARK: - Rows by column name

extension RowsReader {
    /// Reads an object of columns: one row, or as many as its lists are long.
    private mutating func readNamedRows(_ reader: inout RequestReader) throws(ServingError) {
        guard reader.take(JSONByte.openBrace) else {
            throw rowError("is not an object, but others are: all instances must have the same form.")
        }
        var table = self.table.take() ?? ColumnTable(input.columns)
        table.beginObject()
        if !reader.take(JSONByte.closeBrace) {
            var position = 0
            repeat {
                let key = try reader.readKey()
                try readColumn(&reader, into: &table, table.place(of: key, in: reader, guess: position))
                position += 1
            } while try reader.takeSeparator(closing: JSONByte.closeBrace)
        }
        let count = try table.endObject(appendingRowsTo: &elements)
        columnCount = columnCount ?? table.columnCount
        guard columnCount == table.columnCount else { throw ragged(table.columnCount, columnCount ?? 0) }
        rowCount += count
        self.table = consume table
    }

    /// Reads the value or values of one column.
    private func readColumn(
        _ reader: inout RequestReader,
        into table: inout ColumnTable,
        _ column: Int
    ) throws(ServingError) {
        guard reader.peek() == JSONByte.openBracket else {
            let value = try readNamedCell(&reader, table, column)
            table.append(value)
            return table.endColumn(column, isList: false)
        }
        reader.position += 1
        if !reader.take(JSONByte.closeBracket) {
            repeat {
                let value = try readNamedCell(&reader, table, column)
                table.append(value)
            } while try reader.takeSeparator(closing: JSONByte.closeBracket)
        }
        table.endColumn(column, isList: true)
    }

    private func readNamedCell(
        _ reader: inout RequestReader,
        _ table: borrowing ColumnTable,
        _ column: Int
    ) throws(ServingError) -> Double {
        let byte = reader.peek()
        if byte <= JSONByte.nine, byte != JSONByte.quote { return try reader.readNumber() }
        return try readUnusualCell(&reader, place: "[\"\(table.name(of: column))\"]")
    }
}

// MARK: - Mistakes

extension RowsReader {
    @inline(never)
    private func cellError(_ place: String, _ found: String) -> ServingError {
        ServingError(
            .unacceptableRows,
            "\(member)[\(rowCount)]\(place) is \(found): every value must be a number, true, false or null."
        )
    }

    @inline(never)
    private func rowError(_ what: String) -> ServingError {
        ServingError(.unacceptableRows, "\(member)[\(rowCount)] \(what)")
    }

    @inline(never)
    private func ragged(_ count: Int, _ expected: Int) -> ServingError {
        rowError(
            "has \(count) \(count == 1 ? "value" : "values"), but the rows before it have \(expected): all rows must "
                + "be equally long."
        )
    }
}
