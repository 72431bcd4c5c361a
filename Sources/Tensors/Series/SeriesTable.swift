/// Time series of several metrics on one grid: what data sources hand on to features.
///
/// A row is a moment, a column a metric. NaN stands for a value that is missing.
public struct SeriesTable: Sendable {
    /// The moments of the rows.
    public let grid: TimeGrid
    /// The names of the columns, each once.
    public let names: [String]
    /// The values, a column for each name and in it a value for each moment.
    public let columns: [[Double]]
    /// Whether each moment is known to be anomalous; nil if nobody knows.
    public let isAnomaly: [Bool]?

    /// Wraps columns; each must have a value for every moment of the grid.
    public init(grid: TimeGrid, names: [String], columns: [[Double]], isAnomaly: [Bool]? = nil) {
        precondition(names.count == columns.count && Set(names).count == names.count, "a name for each column")
        precondition(columns.allSatisfy { $0.count == grid.count }, "a value for each moment")
        precondition(isAnomaly.map { $0.count == grid.count } ?? true, "a label for each moment")
        self.grid = grid
        self.names = names
        self.columns = columns
        self.isAnomaly = isAnomaly
    }

    /// The number of moments.
    public var rowCount: Int { grid.count }

    /// The values of a metric; nil if the table does not have it.
    public subscript(name: String) -> [Double]? { names.firstIndex(of: name).map { columns[$0] } }

    /// The rows of a range, as a table of their own.
    public func rows(_ range: Range<Int>) -> SeriesTable {
        SeriesTable(
            grid: grid.points(range), names: names, columns: columns.map { Array($0[range]) },
            isAnomaly: isAnomaly.map { Array($0[range]) })
    }
}
