import Kernels
import Tensors

/// `(x - center) / scale` in each column.
struct ColumnScaling: Sendable {
    private let centers: [Double]
    private let scales: [Double]

    /// A scaling by centres, scales or both, of the same number; what is nil changes nothing, as `x - 0` and `x / 1`
    /// are `x`.
    ///
    /// - Returns: nil if both are, so that no memory is taken for a number of columns that no array bears out.
    init?(centers: [Double]?, scales: [Double]?) {
        guard let columnCount = centers?.count ?? scales?.count else { return nil }
        self.centers = centers ?? [Double](repeating: 0, count: columnCount)
        self.scales = scales ?? [Double](repeating: 1, count: columnCount)
    }

    /// Scales the rows in place.
    func callAsFunction(_ rows: consuming Matrix<Double>) -> Matrix<Double> {
        rows.withMutableSpan { standardizeColumns(&$0, centers: centers.span, scales: scales.span) }
        return rows
    }
}
