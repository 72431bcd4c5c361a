package import Estimators
import Kernels
import Tensors

/// `x * scale + offset` in each column, clipped if asked.
struct RangeScaling: TransformOperator {
    let inputCount: Int
    var outputCount: Int { inputCount }
    private let scales: [Double]
    private let offsets: [Double]
    private let bounds: ClippingBounds?

    init(_ scaler: MinMaxScaler) throws(InferenceError) {
        inputCount = try scaler.fit.columnCount(
            agreeingWith: ["scale_": scaler.scale.count, "min_": scaler.minimum.count])
        scales = scaler.scale
        offsets = scaler.minimum
        bounds = scaler.bounds
    }

    func transform(_ rows: consuming Matrix<Double>) throws(InferenceError) -> Matrix<Double> {
        try FiniteCheck.finiteOrNaN.check(rows)
        rows.withMutableSpan { values in
            scaleColumns(&values, scales: scales.span, offsets: offsets.span)
            if let bounds { clip(&values, lower: bounds.lower, upper: bounds.upper) }
        }
        return rows
    }
}

extension MinMaxScaler: PlannedEstimator {
    package func makeOperator() throws(InferenceError) -> any Operator { try RangeScaling(self) }
}
