public import Estimators
public import Tensors

/// What fitting a `MinMaxScaler` finds: the least and the greatest elements of columns.
///
/// Every number is that of scikit-learn 1.9, bit for bit. Source: `preprocessing/_data.py`, `MinMaxScaler.fit`.
public struct MinMaxScalerFit: Hashable, Sendable {
    /// What the columns' ranges are mapped onto (`feature_range`).
    public let featureRange: ClosedRange<Double>
    /// Whether answers are kept within ``featureRange`` (`clip`).
    public let isClipping: Bool
    /// The number of rows (`n_samples_seen_`).
    public let sampleCount: Int
    /// Per column, the least element that is not NaN (`data_min_`), NaN if there is none.
    public let dataMinimum: [Double]
    /// Per column, the greatest element that is not NaN (`data_max_`), NaN if there is none.
    public let dataMaximum: [Double]
    /// Per column, the difference of the two (`data_range_`).
    public let dataRange: [Double]
    /// Per column, what elements are multiplied by (`scale_`).
    public let scale: [Double]
    /// Per column, what is then added (`min_`).
    public let minimum: [Double]

    /// Fits rows, NaN being a missing value.
    ///
    /// - Throws: ``TrainingError`` if there are no rows or columns, infinity is among the elements, or `featureRange`
    ///   is empty.
    public init(
        _ rows: Matrix<Double>,
        featureRange: ClosedRange<Double> = 0...1,
        isClipping: Bool = false
    ) throws(TrainingError) {
        guard featureRange.lowerBound < featureRange.upperBound else {
            throw TrainingError(
                .invalidSetting,
                "Minimum of desired feature range must be smaller than maximum. Got (\(featureRange.lowerBound), "
                    + "\(featureRange.upperBound)).")
        }
        try ScalerRows.check(rows, className: "MinMaxScaler")
        self.featureRange = featureRange
        self.isClipping = isClipping
        sampleCount = rows.rowCount
        var (least, greatest) = (Array(rows.row(0)), Array(rows.row(0)))
        for row in 1..<max(rows.rowCount, 1) {
            for (column, value) in rows.row(row).enumerated() {
                // `minimum` and `maximum` of IEEE 754-2008: of NaN and a number, the number.
                least[column] = Double.minimum(least[column], value)
                greatest[column] = Double.maximum(greatest[column], value)
            }
        }
        dataMinimum = least
        dataMaximum = greatest
        let range = zip(greatest, least).map { $0 - $1 }
        dataRange = range
        let width = featureRange.upperBound - featureRange.lowerBound
        let scale = ScalerRows.withoutZeros(range).map { width / $0 }
        self.scale = scale
        minimum = zip(least, scale).map { featureRange.lowerBound - $0 * $1 }
    }

    /// The fitted scaler.
    ///
    /// - Parameter featureNames: the names of the columns, if they have any.
    public func scaler(featureNames: [String]? = nil) -> MinMaxScaler {
        var parameters: [String: ParameterValue] = [
            "feature_range": .tuple([.float(featureRange.lowerBound), .float(featureRange.upperBound)])
        ]
        if isClipping { parameters["clip"] = true }
        return MinMaxScaler(
            fit: FitRecord(
                className: "MinMaxScaler", version: .written, featureCount: scale.count, featureNames: featureNames,
                parameters: parameters),
            scale: scale, minimum: minimum, dataMinimum: dataMinimum, dataMaximum: dataMaximum,
            sampleCount: sampleCount)
    }
}
