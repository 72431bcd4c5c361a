/// The parts that pages are made of.
extension Markup {
    /// Writes a section with a heading.
    mutating func section(_ title: String, _ identifier: String, content: (inout Markup) -> Void) {
        element("section", .init("aria-labelledby", identifier)) { section in
            section.element("h2", .init("id", identifier), text: title)
            content(&section)
        }
    }

    /// Writes names and values side by side.
    mutating func facts(_ facts: [(name: String, value: String)]) {
        element("dl") { list in
            for fact in facts {
                list.element("div") { pair in
                    pair.element("dt", text: fact.name)
                    pair.element("dd", text: fact.value)
                }
            }
        }
    }

    /// Writes sentences.
    mutating func list(_ sentences: [String]) {
        element("ul") { list in
            for sentence in sentences.prefix(ReportLimits.maximumListedItems) { list.element("li", text: sentence) }
            let omitted = sentences.count - ReportLimits.maximumListedItems
            if omitted > 0 { list.element("li", text: "and \(NumberText.count(omitted)) more") }
        }
    }

    /// Writes a part that is scrolled sideways where it does not fit.
    mutating func scrolled(content: (inout Markup) -> Void) {
        element(
            "div", .init("class", "scroll"), .init("tabindex", "0"), .init("role", "region"),
            .init("aria-label", "Table")
        ) { content(&$0) }
    }

    /// Writes a table.
    mutating func table(_ table: DataTable, caption: String) {
        element("table") { markup in
            markup.element("caption", text: caption)
            markup.heads(table.columns)
            markup.element("tbody") { body in
                for cells in table.rows {
                    body.element("tr") { row in
                        for (index, cell) in cells.enumerated() { row.cell(cell, table.columns, index) }
                    }
                }
                guard table.omitted > 0 else { return }
                body.element("tr") { row in
                    row.element(
                        "td", .init("colspan", "\(table.columns.count)"), .init("class", "dim"),
                        text: "and \(NumberText.count(table.omitted)) more")
                }
            }
        }
    }

    private mutating func cell(_ text: String, _ columns: [DataTable.Column], _ index: Int) {
        guard index > 0 else { return element("th", .init("scope", "row"), text: text) }
        let column = columns[min(index, columns.count - 1)]
        if column.title == "query" {
            element("td") { $0.element("code", text: text) }
        } else if column.isNumeric {
            element("td", .init("class", "n"), text: text)
        } else {
            element("td", text: text)
        }
    }

    /// Writes the heads of columns.
    mutating func heads(_ columns: [DataTable.Column]) {
        element("thead") { head in
            head.element("tr") { row in
                for column in columns {
                    row.element(
                        "th", .init("scope", "col"), .init("class", column.isNumeric ? "n" : ""), text: column.title)
                }
            }
        }
    }

    /// Writes the name of a score and which values are better.
    mutating func scoreName(_ score: ScoreTable.Score) {
        write(score.name)
        guard let better = score.better else { return }
        write("\u{A0}")
        element(
            "abbr", .init("class", "dim"), .init("title", "\(better.rawValue) is better"),
            text: better == .higher ? "↑" : "↓")
    }

    /// Writes the cell of a score.
    mutating func score(_ score: ScoreTable.Score, _ contender: Int) {
        element("td", .init("class", score.isBest(contender) ? "n best" : "n")) { cell in
            cell.write(score.text(contender))
            guard let margin = score.margin(over: contender) else { return }
            cell.element("small", .init("class", margin.isBetter ? "good" : "bad"), text: margin.text)
        }
    }

    /// Writes bars beside their names: a table whose lengths can be seen.
    mutating func bars(_ bars: [(name: String, length: Double, value: String)], caption: String) {
        element("table", .init("class", "bars")) { table in
            table.element("caption", text: caption)
            table.element("tbody") { body in
                for bar in bars {
                    body.element("tr") { row in
                        row.element("th", .init("scope", "row"), text: bar.name)
                        row.element("td") { cell in
                            cell.element("svg", .init("class", "bar"), .init("aria-hidden", "true")) { svg in
                                let length = bar.length.isFinite ? min(max(abs(bar.length), 0), 1) : 0
                                svg.shape(
                                    "rect", .init("class", bar.length < 0 ? "area anomaly" : "area candidate"),
                                    .init("width", Self.percent(length)),
                                    .init("height", "100%"))
                            }
                        }
                        row.element("td", .init("class", "n"), text: bar.value)
                    }
                }
            }
        }
    }
}
