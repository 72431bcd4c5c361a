/// A table of texts, for a page and for a terminal.
struct DataTable: Hashable {
    struct Column: Hashable {
        let title: String
        /// Whether the column is aligned at its end.
        let isNumeric: Bool

        static func text(_ title: String) -> Column { Column(title: title, isNumeric: false) }
        static func number(_ title: String) -> Column { Column(title: title, isNumeric: true) }
    }

    let columns: [Column]
    /// The rows that are shown.
    let rows: [[String]]
    /// How many more there are.
    let omitted: Int

    /// A table of at most ``ReportLimits/maximumListedItems`` rows.
    init(_ columns: [Column], rows: [[String]]) {
        self.columns = columns
        self.rows = Array(rows.prefix(ReportLimits.maximumListedItems))
        omitted = rows.count - self.rows.count
    }
}
