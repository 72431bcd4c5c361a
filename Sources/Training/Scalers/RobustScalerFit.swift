public import Estimators
import Kernels
public import Tensors

/// What fitting a `RobustScaler` finds: medians and ranges between quantiles of columns.
///
/// Every number is that of scikit-learn 1.9, bit for bit. Source: `preprocessing/_data.py`, `RobustScaler.fit`, and
/// numpy's `nanmedian` and `nanpercentile`.
public struct RobustScalerFit: Hashable, Sendable {
    /// The number of columns.
    public let featureCount: Int
    /// The lower and the upper quantile in percent (`quantile_range`).
    public let quantileRange: ClosedRange<Double>
    /// Whether the scale is that of a normal distribution's standard deviation (`unit_variance`).
    public let hasUnitVariance: Bool
    /// Per column, the median of the rows that are not NaN (`center_`), NaN if there is none; nil if the scaler does
    /// not center.
    public let center: [Double]?
    /// Per column, the range between the quantiles, 1 where that is 0 (`scale_`); nil if the scaler does not scale.
    public let scale: [Double]?

    /// Fits rows, NaN being a missing value.
    ///
    /// - Throws: ``TrainingError`` if there are no rows or columns, infinity is among the elements, or the quantiles
    ///   are not percentages; under `hasUnitVariance` they must be above 0 and below 100.
    public init(
        _ rows: Matrix<Double>,
        isCentering: Bool = true,
        isScaling: Bool = true,
        quantileRange: ClosedRange<Double> = 25...75,
        hasUnitVariance: Bool = false
    ) throws(TrainingError) {
        try ScalerRows.check(rows, className: "RobustScaler")
        try Self.check(quantileRange, hasUnitVariance: hasUnitVariance)
        featureCount = rows.columnCount
        self.quantileRange = quantileRange
        self.hasUnitVariance = hasUnitVariance
        var medians: [Double] = []
        var ranges: [Double] = []
        for column in 0..<rows.columnCount {
            let numbers = sortedColumn(rows.elements.span, columnCount: rows.columnCount, column: column)
            if isCentering { medians.append(Quantiles.median(ofSorted: numbers)) }
            if isScaling {
                let upper = Quantiles.quantile(quantileRange.upperBound / 100, ofSorted: numbers)
                ranges.append(upper - Quantiles.quantile(quantileRange.lowerBound / 100, ofSorted: numbers))
            }
        }
        center = isCentering ? medians : nil
        let adjustment = hasUnitVariance ? Self.normalRange(quantileRange) : 1
        scale = isScaling ? ScalerRows.withoutZeros(ranges).map { $0 / adjustment } : nil
    }

    private static func check(_ range: ClosedRange<Double>, hasUnitVariance: Bool) throws(TrainingError) {
        guard range.lowerBound >= 0, range.upperBound <= 100 else {
            throw TrainingError(
                .invalidSetting, "Invalid quantile range: (\(range.lowerBound), \(range.upperBound))")
        }
        guard !hasUnitVariance || range.lowerBound > 0 && range.upperBound < 100 && range.lowerBound < range.upperBound
        else {
            throw TrainingError(
                .invalidSetting,
                "unit_variance needs two quantiles above 0 and below 100, not (\(range.lowerBound), "
                    + "\(range.upperBound))")
        }
    }

    /// The distance between the quantiles of a standard normal distribution.
    private static func normalRange(_ range: ClosedRange<Double>) -> Double {
        normalQuantile(range.upperBound / 100) - normalQuantile(range.lowerBound / 100)
    }

    /// The fitted scaler.
    ///
    /// - Parameter featureNames: the names of the columns, if they have any.
    public func scaler(featureNames: [String]? = nil) -> RobustScaler {
        var parameters: [String: ParameterValue] = [
            "quantile_range": .tuple([.float(quantileRange.lowerBound), .float(quantileRange.upperBound)])
        ]
        if center == nil { parameters["with_centering"] = false }
        if scale == nil { parameters["with_scaling"] = false }
        if hasUnitVariance { parameters["unit_variance"] = true }
        return RobustScaler(
            fit: FitRecord(
                className: "RobustScaler", version: .written, featureCount: featureCount, featureNames: featureNames,
                parameters: parameters),
            center: center, scale: scale)
    }
}
