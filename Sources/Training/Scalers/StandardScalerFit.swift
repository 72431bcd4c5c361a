public import Estimators
import Kernels
public import Tensors

/// What fitting a `StandardScaler` finds: means and standard deviations of columns.
///
/// Every number is that of scikit-learn 1.9, bit for bit. Source: `preprocessing/_data.py`, `StandardScaler.fit`, and
/// `utils/extmath.py`, `_incremental_mean_and_var`.
public struct StandardScalerFit: Hashable, Sendable {
    /// Whether the scaler subtracts the mean (`with_mean`).
    public let isCentering: Bool
    /// Whether the scaler divides by the scale (`with_std`).
    public let isScaling: Bool
    /// Per column, the number of rows that are not NaN (`n_samples_seen_`).
    public let sampleCounts: [Int]
    /// Per column, the mean of the rows that are not NaN (`mean_`), NaN if there is none; nil if the scaler neither
    /// centers nor scales.
    public let mean: [Double]?
    /// Per column, the variance of those rows, divided by their number (`var_`); nil if the scaler does not scale.
    public let variance: [Double]?
    /// Per column, the standard deviation, 1 for a column that is constant but for rounding (`scale_`); nil if the
    /// scaler does not scale.
    public let scale: [Double]?

    /// Fits rows, NaN being a missing value.
    ///
    /// - Throws: ``TrainingError`` if there are no rows or columns, or infinity is among the elements.
    public init(_ rows: Matrix<Double>, isCentering: Bool = true, isScaling: Bool = true) throws(TrainingError) {
        try ScalerRows.check(rows, className: "StandardScaler")
        self.isCentering = isCentering
        self.isScaling = isScaling
        let elements = rows.elements.span
        sampleCounts = columnCounts(elements, columnCount: rows.columnCount)
        guard isCentering || isScaling else {
            (mean, variance, scale) = (nil, nil, nil)
            return
        }
        let counts = sampleCounts.map { Double($0) }
        let mean = zip(columnSums(elements, columnCount: rows.columnCount), counts).map { $0 / $1 }
        self.mean = mean
        guard isScaling else {
            (variance, scale) = (nil, nil)
            return
        }
        let deviations = columnDeviations(elements, from: mean.span)
        // The sum of the deviations, which is 0 but for rounding, corrects the squares: Chan, Golub and LeVeque,
        // "Algorithms for computing the sample variance", equation 1.7.
        let variance = counts.indices.map { column in
            let correction = deviations.sums[column] * deviations.sums[column] / counts[column]
            return (deviations.squares[column] - correction) / counts[column]
        }
        self.variance = variance
        scale = counts.indices.map { column in
            Self.isConstant(variance: variance[column], mean: mean[column], count: counts[column])
                ? 1 : variance[column].squareRoot()
        }
    }

    /// Whether a variance is within the error bound of its computation.
    ///
    /// Source: scikit-learn `preprocessing/_data.py`, `_is_constant_feature`.
    private static func isConstant(variance: Double, mean: Double, count: Double) -> Bool {
        let meanError = count * mean * Double.ulpOfOne
        return variance <= count * Double.ulpOfOne * variance + meanError * meanError
    }

    /// The fitted scaler.
    ///
    /// - Parameter featureNames: the names of the columns, if they have any.
    public func scaler(featureNames: [String]? = nil) -> StandardScaler {
        var parameters: [String: ParameterValue] = [:]
        if !isCentering { parameters["with_mean"] = false }
        if !isScaling { parameters["with_std"] = false }
        let isOneCount = Set(sampleCounts).count == 1
        return StandardScaler(
            fit: FitRecord(
                className: "StandardScaler", version: .written, featureCount: sampleCounts.count,
                featureNames: featureNames, parameters: parameters),
            mean: mean, variance: variance, scale: scale,
            sampleCounts: (isOneCount ? Array(sampleCounts.prefix(1)) : sampleCounts).map(Double.init))
    }
}
