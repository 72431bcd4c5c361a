package import Estimators
import Kernels
import Tensors

/// Projects centred rows on components, and divides by their standard deviations if asked.
struct Projection: TransformOperator {
    let inputCount: Int
    let outputCount: Int
    var stepsPerRow: Int { outputCount * (inputCount / 4 + 5) }
    private let components: [Double]
    /// Subtracts the mean, if that is done before the projection.
    private let centering: ColumnScaling?
    /// What is added to the projections: minus the projected mean, if that is done after the projection.
    private let offsets: [Double]
    /// Divides the projections by their standard deviations, if asked.
    private let whitening: ColumnScaling?

    /// Follows the version that stored the components: from 1.5 on the mean is subtracted after the projection, and
    /// no standard deviation is taken for less than epsilon.
    init(_ pca: PCA) throws(InferenceError) {
        let components = pca.components
        inputCount = try pca.fit.columnCount(
            agreeingWith: ["components_": components.columnCount, "mean_": pca.mean?.count])
        guard components.rowCount > 0 else { throw pca.fit.invalid("components_ has no row") }
        outputCount = components.rowCount
        self.components = components.elements
        let isCurrent = pca.fit.version?.isAtLeast(1, 5) ?? true
        var offsets = [Double](repeating: 0, count: components.rowCount)
        if isCurrent, let mean = pca.mean {
            for index in offsets.indices { offsets[index] = -dot(mean.span, components.row(index).span) }
            if pca.isSinglePrecision { offsets = offsets.map { Double(Float($0)) } }
        }
        self.offsets = offsets
        centering = ColumnScaling(centers: isCurrent ? nil : pca.mean, scales: nil)
        if let variances = pca.whiteningVariance {
            try pca.fit.require("the number of elements of explained_variance_", variances.count, is: outputCount)
        }
        let epsilon = pca.isSinglePrecision ? Double(Float.ulpOfOne) : .ulpOfOne
        let scales = pca.whiteningVariance?.map { variance in
            let deviation = pca.isSinglePrecision ? Double(Float(variance).squareRoot()) : variance.squareRoot()
            return isCurrent ? max(deviation, epsilon) : deviation
        }
        whitening = ColumnScaling(centers: nil, scales: scales)
    }

    func transform(_ rows: consuming Matrix<Double>) throws(InferenceError) -> Matrix<Double> {
        try FiniteCheck.finite.check(rows)
        if let centering { rows = centering(consume rows) }
        var projected = [Double](repeating: 0, count: rows.rowCount * outputCount)
        var output = projected.mutableSpan
        mapLinearly(
            rows.elements.span,
            columnCount: inputCount,
            weights: components.span,
            offsets: offsets.span,
            into: &output
        )
        let projections = Matrix(rowCount: rows.rowCount, columnCount: outputCount, elements: projected)
        return if let whitening { whitening(projections) } else { projections }
    }
}

extension PCA: PlannedEstimator {
    package func makeOperator() throws(InferenceError) -> any Operator { try Projection(self) }
}
