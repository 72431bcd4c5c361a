/// Text for a terminal being written: lines no wider than it, and colours if it has them.
struct TerminalText {
    /// How text looks (ECMA-48, section 8.3.117).
    enum Style: String {
        case bold = "1"
        case dim = "2"
        case red = "31"
        case green = "32"
        case yellow = "33"
    }

    /// What has been written.
    private(set) var text = ""
    /// The longest line, in columns.
    let columns: Int
    private let isColored: Bool

    init(columns: Int, isColored: Bool) {
        self.columns = max(columns, 40)
        self.isColored = isColored
    }

    /// Text in a style.
    func styled(_ text: String, _ style: Style) -> String {
        isColored && !text.isEmpty ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
    }

    /// Ends a line.
    mutating func line(_ line: String = "") { text += line + "\n" }

    /// Writes a heading after an empty line.
    mutating func heading(_ title: String) {
        line()
        line(styled(title, .bold))
    }

    /// Writes a text broken at spaces; words that are longer than a line are broken as well.
    ///
    /// - Parameters:
    ///   - first: what the first line begins with, in a style of its own; the others are indented as far.
    mutating func paragraph(
        _ content: String, first: String = "  ", firstStyle: Style? = nil, style: Style? = nil
    ) {
        let indent = String(repeating: " ", count: first.count)
        for (index, row) in Self.rows(SafeText.line(content), width: columns - first.count).enumerated() {
            let start = index > 0 ? indent : firstStyle.map { styled(first, $0) } ?? first
            line(start + (style.map { styled(row, $0) } ?? row))
        }
    }

    /// Writes names and values below one another.
    mutating func facts(_ facts: [(name: String, value: String)]) {
        let width = facts.map(\.name.count).max() ?? 0
        for fact in facts {
            paragraph(fact.value, first: "  " + Self.padded(fact.name, width, isNumeric: false) + "  ")
        }
    }

    /// Writes a table, two spaces between columns; cells that do not fit are cut.
    mutating func table(_ table: DataTable) {
        let rows = [table.columns.map(\.title)] + table.rows.map { $0.map(SafeText.line) }
        var widths = table.columns.indices.map { column in
            rows.map { $0.indices.contains(column) ? $0[column].count : 0 }.max() ?? 0
        }
        while widths.reduce(0, { $0 + $1 + 2 }) > columns, let widest = widths.max(), widest > 8,
            let column = widths.firstIndex(of: widest)
        {
            widths[column] -= 1
        }
        for (index, row) in rows.enumerated() {
            let cells = zip(table.columns.indices, row).map { column, cell in
                Self.padded(cell, widths[column], isNumeric: table.columns[column].isNumeric)
            }
            let line = "  " + cells.joined(separator: "  ")
            self.line(index == 0 ? styled(line, .dim) : line)
        }
        if table.omitted > 0 { line("  and \(NumberText.count(table.omitted)) more") }
    }

    /// Writes bars beside their names.
    mutating func bars(_ bars: [(name: String, length: Double, value: String)]) {
        let names = min(columns / 3, bars.map { SafeText.line($0.name).count }.max() ?? 0)
        let values = bars.map(\.value.count).max() ?? 0
        let room = max(4, min(40, columns - names - values - 6))
        for bar in bars {
            let length = bar.length.isFinite ? min(max(abs(bar.length), 0), 1) : 0
            let name = Self.padded(SafeText.line(bar.name), names, isNumeric: false)
            let value = Self.padded(bar.value, values, isNumeric: true)
            line("  \(name)  \(value)  " + String(repeating: "▪", count: Int((length * Double(room)).rounded())))
        }
    }

    /// A text of a width: filled with spaces, or cut.
    static func padded(_ text: String, _ width: Int, isNumeric: Bool) -> String {
        if text.count > width { return String(text.prefix(max(0, width - 1))) + "…" }
        let space = String(repeating: " ", count: width - text.count)
        return isNumeric ? space + text : text + space
    }

    private static func rows(_ text: String, width: Int) -> [String] {
        var rows: [String] = []
        var row = ""
        for word in text.split(separator: " ", omittingEmptySubsequences: true) {
            var word = word
            if !row.isEmpty, row.count + 1 + word.count > width {
                rows.append(row)
                row = ""
            }
            while word.count > width {
                rows.append(String(word.prefix(width)))
                word = word.dropFirst(width)
            }
            row += row.isEmpty ? String(word) : " \(word)"
        }
        return row.isEmpty && !rows.isEmpty ? rows : rows + [row]
    }
}
