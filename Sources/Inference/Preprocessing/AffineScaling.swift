package import Estimators
import Kernels
import Tensors

/// `(x - center) / scale` in each column, clipped if asked.
struct AffineScaling: TransformOperator {
    let inputCount: Int
    var outputCount: Int { inputCount }
    private let scaling: ColumnScaling?
    private let bounds: ClippingBounds?

    /// A scaling of `columnCount` columns; what is nil changes nothing.
    init(columnCount: Int, centers: [Double]?, scales: [Double]?, bounds: ClippingBounds? = nil) {
        inputCount = columnCount
        scaling = ColumnScaling(centers: centers, scales: scales)
        self.bounds = bounds
    }

    func transform(_ rows: consuming Matrix<Double>) throws(InferenceError) -> Matrix<Double> {
        try FiniteCheck.finiteOrNaN.check(rows)
        if let scaling { rows = scaling(consume rows) }
        if let bounds { rows.withMutableSpan { clip(&$0, lower: bounds.lower, upper: bounds.upper) } }
        return rows
    }
}

extension StandardScaler: PlannedEstimator {
    package func makeOperator() throws(InferenceError) -> any Operator {
        let count = try fit.columnCount(agreeingWith: ["mean_": mean?.count, "scale_": scale?.count])
        return AffineScaling(columnCount: count, centers: isCentering ? mean : nil, scales: scale)
    }
}

extension RobustScaler: PlannedEstimator {
    package func makeOperator() throws(InferenceError) -> any Operator {
        let count = try fit.columnCount(agreeingWith: ["center_": center?.count, "scale_": scale?.count])
        return AffineScaling(columnCount: count, centers: center, scales: scale)
    }
}

extension MaxAbsScaler: PlannedEstimator {
    package func makeOperator() throws(InferenceError) -> any Operator {
        let count = try fit.columnCount(agreeingWith: ["scale_": scale.count])
        return AffineScaling(columnCount: count, centers: nil, scales: scale, bounds: bounds)
    }
}
