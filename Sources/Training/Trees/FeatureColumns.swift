import Tensors

/// The values of rows as trees see them: rounded to `Float`, feature after feature, NaN being a missing value.
struct FeatureColumns: Sendable {
    let rowCount: Int
    /// Per feature, the value of each row.
    let columns: [[Float]]
    /// Per feature, whether a value may be missing.
    let mayMiss: [Bool]

    var featureCount: Int { columns.count }

    /// All rows.
    init(_ rows: Matrix<Double>) {
        self.init(rows, rows: 0..<rows.rowCount, features: 0..<rows.columnCount)
    }

    /// Some rows and features, in the order given.
    init(
        _ matrix: Matrix<Double>,
        rows: some RandomAccessCollection<Int>,
        features: some RandomAccessCollection<Int>
    ) {
        rowCount = rows.count
        columns = features.map { column in
            rows.map { Float(matrix.elements[$0 * matrix.columnCount + column]) }
        }
        mayMiss = columns.map { $0.contains(where: \.isNaN) }
    }

    private init(rowCount: Int, columns: [[Float]], mayMiss: [Bool]) {
        self.rowCount = rowCount
        self.columns = columns
        self.mayMiss = mayMiss
    }

    /// Some of the rows, in the order given.
    func taking(_ rows: [Int32]) -> FeatureColumns {
        let taken = columns.map { column in rows.map { column[Int($0)] } }
        return FeatureColumns(rowCount: rows.count, columns: taken, mayMiss: mayMiss)
    }

    /// The values of a feature.
    subscript(_ feature: Int32) -> [Float] { columns[Int(feature)] }
}
