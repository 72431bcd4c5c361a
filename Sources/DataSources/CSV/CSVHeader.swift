/// The names of a CSV file's columns, and what its fields say.
struct CSVHeader: Sendable {
    /// The names, in the order of the columns.
    let names: [String]
    /// The column of labels, if there is one.
    let label: Int?
    private let time: Int

    init(_ fields: [String]?) throws(DataSourceError) {
        guard let fields else { throw DataSourceError(.malformed, "the file is empty") }
        names = fields.map(Self.trimmed)
        guard let time = Self.column(["timestamp", "time"], in: names) else {
            throw DataSourceError(.malformed, "line 1: no column timestamp, but \(Self.list(names))")
        }
        self.time = time
        label = Self.column(["label", "is_anomaly"], in: names)
    }

    private static func column(_ spellings: [String], in names: [String]) -> Int? {
        names.firstIndex { spellings.contains($0.lowercased()) }
    }

    private static func list(_ names: [String]) -> String {
        names.prefix(50).joined(separator: ", ") + (names.count > 50 ? ", ..." : "")
    }

    /// The column of a metric.
    func column(_ metric: String) throws(DataSourceError) -> Int {
        guard let column = names.firstIndex(of: metric) else {
            throw DataSourceError(.noData, "line 1: no column \(metric), but \(Self.list(names))")
        }
        return column
    }

    /// The time of a record, in seconds since 1970, whose number of fields is checked besides.
    func time(_ fields: [String], line: Int) throws(DataSourceError) -> Double {
        guard fields.count == names.count else {
            throw DataSourceError(
                .malformed, "line \(line) has \(fields.count) fields, the header has \(names.count)")
        }
        let text = Self.trimmed(fields[time])
        guard let seconds = Double(text) ?? UTCTime.seconds(text) else {
            throw error(
                text, line, time, "no time; it should be like 2026-11-21T10:15:00Z, or seconds since 1970")
        }
        // The year 5138 in seconds is 1973 in milliseconds.
        guard 0..<1e11 ~= seconds else {
            throw error(text, line, time, "not in seconds since 1970; are they milliseconds?")
        }
        return seconds
    }

    /// A value; NaN for an empty field.
    func number(_ fields: [String], _ column: Int, line: Int) throws(DataSourceError) -> Double {
        let text = Self.trimmed(fields[column])
        if text.isEmpty { return .nan }
        guard let number = Double(text) else { throw error(text, line, column, "not a number") }
        return number
    }

    /// A label; none for an empty field.
    func flag(_ fields: [String], _ column: Int, line: Int) throws(DataSourceError) -> Bool {
        let text = Self.trimmed(fields[column])
        switch text.lowercased() {
        case "1", "1.0", "true": return true
        case "", "0", "0.0", "false": return false
        default: throw error(text, line, column, "not a label; they are 0 and 1")
        }
    }

    private func error(_ text: String, _ line: Int, _ column: Int, _ what: String) -> DataSourceError {
        let shown = String(text.prefix(60)).debugDescription
        return DataSourceError(.malformed, "line \(line), column \(names[column]): \(shown) is \(what)")
    }

    private static func trimmed(_ text: String) -> String {
        guard text.utf8.first == UInt8(ascii: " ") || text.utf8.last == UInt8(ascii: " ") else { return text }
        let leading = text.drop { $0 == " " }
        return String(leading.reversed().drop { $0 == " " }.reversed())
    }
}
