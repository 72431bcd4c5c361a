package import Estimators
import Kernels
import Tensors

/// Answers the nearest centre's index, or as a transform the distances to all centres.
struct NearestCenter: TransformOperator {
    let inputCount: Int
    var outputCount: Int { squaredNorms.count }
    var stepsPerRow: Int { outputCount * (inputCount / 4 + 5) }
    let methods: [PredictionMethod] = [.predict, .transform]
    private let centers: [Double]
    private let squaredNorms: [Double]

    init(_ clusters: KMeans) throws(InferenceError) {
        let centers = clusters.centers
        inputCount = try clusters.fit.columnCount(agreeingWith: ["cluster_centers_": centers.columnCount])
        guard centers.rowCount > 0 else { throw clusters.fit.invalid("cluster_centers_ has no row") }
        self.centers = centers.elements
        squaredNorms = (0..<centers.rowCount).map { index in
            let center = centers.elements.span
                .extracting(index * centers.columnCount..<(index + 1) * centers.columnCount)
            return dot(center, center)
        }
    }

    func evaluate(
        _ method: PredictionMethod,
        on rows: Matrix<Double>
    ) throws(InferenceError) -> Answer {
        switch method {
        case .predict: .array(Output(shape: [rows.rowCount], values: .int64(try nearest(rows))))
        case .transform: .array(Output(try transform(rows)))
        default: throw .unsupported(method, by: Self.self)
        }
    }

    func transform(_ rows: consuming Matrix<Double>) throws(InferenceError) -> Matrix<Double> {
        try FiniteCheck.finite.check(rows)
        var values = [Double](repeating: 0, count: rows.rowCount * outputCount)
        var output = values.mutableSpan
        distances(
            rows.elements.span,
            columnCount: inputCount,
            to: centers.span,
            squaredNorms: squaredNorms.span,
            into: &output
        )
        return Matrix(rowCount: rows.rowCount, columnCount: outputCount, elements: values)
    }

    private func nearest(_ rows: Matrix<Double>) throws(InferenceError) -> [Int64] {
        try FiniteCheck.finite.check(rows)
        var labels = [Int64](repeating: 0, count: rows.rowCount)
        var output = labels.mutableSpan
        nearestPoints(
            rows.elements.span,
            columnCount: inputCount,
            points: centers.span,
            squaredNorms: squaredNorms.span,
            into: &output
        )
        return labels
    }
}

extension KMeans: PlannedEstimator {
    package func makeOperator() throws(InferenceError) -> any Operator { try NearestCenter(self) }
}
