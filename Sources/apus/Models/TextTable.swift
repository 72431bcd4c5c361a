import ModelStore

/// Rows of cells in columns, for people.
struct TextTable {
    private var rows: [[String]]

    init(_ header: String...) { rows = [header] }

    /// Adds a row; what is not known is shown as `-`.
    mutating func add(_ cells: String?...) { rows.append(cells.map { $0 ?? "-" }) }

    /// The table, columns two spaces apart, without a line break at the end.
    func text(indentedBy indent: Int = 0) -> String {
        let columns = rows[0].indices
        let widths = columns.map { column in rows.reduce(0) { max($0, $1[column].count) } }
        return rows.map { row in
            let cells = columns.map { row[$0] + String(repeating: " ", count: widths[$0] - row[$0].count) }
            let line = String(repeating: " ", count: indent) + cells.joined(separator: "  ")
            return String(line.reversed().drop { $0 == " " }.reversed())
        }.joined(separator: "\n")
    }
}

extension StoredFile {
    /// The size in the unit that suits it: `512 B`, `1.6 MB`.
    var sizeText: String {
        var size = Double(size)
        for unit in ["B", "kB", "MB", "GB"] {
            if size < 999.5 || unit == "GB" {
                return unit == "B" ? "\(Int(size)) B" : "\(Double(Int(size * 10 + 0.5)) / 10) \(unit)"
            }
            size /= 1_000
        }
        return ""
    }
}

extension ModelDetails.Framework {
    /// `scikit-learn 1.5.2`.
    var text: String { ([name] + [version].compactMap(\.self)).joined(separator: " ") }
}

extension ModelDetails.Tensor {
    /// `input FP64 [-1, 5]`.
    var text: String { "\(name) \(datatype) \(shape)" }
}
