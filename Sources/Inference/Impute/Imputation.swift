package import Estimators
import Tensors

/// Replaces missing values column by column, leaves out columns without a statistic, and adds where values were
/// missing as further columns of 0 and 1.
struct Imputation: TransformOperator {
    let inputCount: Int
    let outputCount: Int
    private let missingValue: Double
    private let statistics: [Double]
    /// The columns of the answer, as columns of the rows; nil if they are the same.
    private let keptColumns: [Int]?
    private let indicatorColumns: [Int]

    init(_ imputer: SimpleImputer) throws(InferenceError) {
        let statistics = imputer.statistics
        inputCount = try imputer.fit.columnCount(agreeingWith: ["statistics_": statistics.count])
        for column in imputer.indicatorColumns where !statistics.indices.contains(column) {
            throw imputer.fit.invalid("indicator_.features_ names column \(column) of \(statistics.count)")
        }
        let kept = statistics.indices.filter { imputer.keepsEmptyColumns || !statistics[$0].isNaN }
        guard !kept.isEmpty else { throw imputer.fit.invalid("statistics_ leaves no column") }
        keptColumns =
            kept.count == statistics.count && imputer.indicatorColumns.isEmpty ? nil : Array(kept)
        outputCount = kept.count + imputer.indicatorColumns.count
        missingValue = imputer.missingValue
        self.statistics = statistics
        indicatorColumns = imputer.indicatorColumns
    }

    func transform(_ rows: consuming Matrix<Double>) throws(InferenceError) -> Matrix<Double> {
        try (missingValue.isNaN ? FiniteCheck.finiteOrNaN : .finite).check(rows)
        guard let keptColumns else { return imputed(rows) }
        var values: [Double] = []
        values.reserveCapacity(rows.rowCount * outputCount)
        for start in stride(from: 0, to: rows.elements.count, by: inputCount) {
            for column in keptColumns {
                let value = rows.elements[start + column]
                values.append(isMissing(value) ? statistics[column] : value)
            }
            for column in indicatorColumns { values.append(isMissing(rows.elements[start + column]) ? 1 : 0) }
        }
        return Matrix(rowCount: rows.rowCount, columnCount: outputCount, elements: values)
    }

    /// Replaces in place, all columns being kept.
    private func imputed(_ rows: consuming Matrix<Double>) -> Matrix<Double> {
        rows.withMutableSpan { values in
            for start in stride(from: 0, to: values.count, by: inputCount) {
                for column in 0..<inputCount where isMissing(values[start + column]) {
                    values[start + column] = statistics[column]
                }
            }
        }
        return rows
    }

    private func isMissing(_ value: Double) -> Bool { missingValue.isNaN ? value.isNaN : value == missingValue }
}

extension SimpleImputer: PlannedEstimator {
    package func makeOperator() throws(InferenceError) -> any Operator { try Imputation(self) }
}
