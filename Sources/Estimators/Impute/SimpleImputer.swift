public import PickleCodec
import Tensors

/// Replaces missing values by a number per column, found by the fit.
///
/// Source: scikit-learn `impute/_base.py`, `SimpleImputer.transform` and `MissingIndicator.transform`.
public struct SimpleImputer: Estimator {
    /// `sklearn.impute.SimpleImputer`.
    public static let pythonClasses = [PythonName(module: "sklearn.impute._base", name: "SimpleImputer")]

    /// What was recorded of the fit.
    public let fit: FitRecord
    /// What stands for a missing value (`missing_values`): NaN or a number.
    public let missingValue: Double
    /// What replaces it in each column (`statistics_`); NaN where the fit saw no value at all.
    public let statistics: [Double]
    /// Whether columns whose statistic is NaN stay, or are left out of the answer.
    public let keepsEmptyColumns: Bool
    /// The columns for which the answer also says where values were missing (`indicator_`), in their order.
    public let indicatorColumns: [Int]

    /// An imputer made by hand.
    public init(
        fit: FitRecord,
        missingValue: Double = .nan,
        statistics: [Double],
        keepsEmptyColumns: Bool = false,
        indicatorColumns: [Int] = []
    ) {
        self.fit = fit
        self.missingValue = missingValue
        self.statistics = statistics
        self.keepsEmptyColumns = keepsEmptyColumns
        self.indicatorColumns = indicatorColumns
    }

    /// Decodes a fitted imputer of numbers.
    ///
    /// Until 1.7 a constant was kept for empty columns too, whatever `keep_empty_features` (which came with 1.2) said.
    public init(from object: GraphObject) throws(EstimatorError) {
        fit = try FitRecord(from: object)
        missingValue = try object["missing_values"].double()
        let statistics = try object["statistics_"].doubles()
        self.statistics = try Self.isFilledAsFloat32(object) ? statistics.map { Double(Float($0)) } : statistics
        let isConstant = try object.optional("strategy")?.stringIfAny() == "constant"
        let keepsConstants = isConstant && fit.version?.isAtLeast(1, 8) != true
        let keepsAll = try object.optional("keep_empty_features")?.bool() ?? false
        keepsEmptyColumns = keepsAll || keepsConstants
        let hasIndicator = try object.optional("add_indicator")?.bool() ?? false
        indicatorColumns = try hasIndicator ? object["indicator_"].object()["features_"].integers() : []
    }

    /// Whether the statistics are cast to `float32` (`_fill_dtype`, the type of the columns of the fit).
    private static func isFilledAsFloat32(_ object: GraphObject) throws(EstimatorError) -> Bool {
        guard case .dtype(let type) = try object.optional("_fill_dtype")?.value else { return false }
        return type.kind == .float && type.itemSize == 4
    }
}
