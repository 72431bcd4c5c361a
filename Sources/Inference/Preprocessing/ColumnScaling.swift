import Kernels
import Tensors

/// `(x - center) / scale` in each column.
struct ColumnScaling: Sendable {
    private let centers: [Double]
    private let scales: [Double]

    /// A scaling of `columnCount` columns; what is nil changes nothing, as `x - 0` and `x / 1` are `x`.
    init(columnCount: Int, centers: [Double]?, scales: [Double]?) {
        self.centers = centers ?? [Double](repeating: 0, count: columnCount)
        self.scales = scales ?? [Double](repeating: 1, count: columnCount)
    }

    /// Scales the rows in place.
    func callAsFunction(_ rows: consuming Matrix<Double>) -> Matrix<Double> {
        rows.withMutableSpan { standardizeColumns(&$0, centers: centers.span, scales: scales.span) }
        return rows
    }
}
