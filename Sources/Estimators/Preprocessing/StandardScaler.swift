public import PickleCodec

/// Standardises each column: `(x - mean) / scale`.
///
/// Source: scikit-learn `preprocessing/_data.py`, `StandardScaler.transform`.
public struct StandardScaler: Estimator {
    /// `sklearn.preprocessing.StandardScaler`.
    public static let pythonClasses = [PythonName(module: "sklearn.preprocessing._data", name: "StandardScaler")]

    /// What was recorded of the fit.
    public let fit: FitRecord
    /// The mean of each column (`mean_`), which is subtracted if ``isCentering``; nil if neither it nor the variance
    /// was asked for.
    public let mean: [Double]?
    /// The variance of each column (`var_`); nil if `with_std` is false.
    public let variance: [Double]?
    /// What each column is divided by (`scale_`); nil if `with_std` is false.
    public let scale: [Double]?
    /// How many values were seen (`n_samples_seen_`): a number for all columns, or one for each if they differ; empty
    /// if not recorded.
    public let sampleCounts: [Double]

    /// A scaler made by hand.
    public init(
        fit: FitRecord,
        mean: [Double]?,
        variance: [Double]? = nil,
        scale: [Double]?,
        sampleCounts: [Double] = []
    ) {
        self.fit = fit
        self.mean = mean
        self.variance = variance
        self.scale = scale
        self.sampleCounts = sampleCounts
    }

    /// Whether the mean is subtracted (`with_mean`).
    public var isCentering: Bool { fit.parameters["with_mean"]?.isTrue ?? true }

    /// Decodes a fitted scaler.
    public init(from object: GraphObject) throws(EstimatorError) {
        fit = try FitRecord(from: object)
        mean = try object["with_mean"].bool() ? object["mean_"].doubles() : object.optional("mean_")?.doubles()
        let isScaling = try object["with_std"].bool()
        scale = try isScaling ? object["scale_"].doubles() : nil
        variance = try isScaling ? object.optional("var_")?.doubles() : nil
        sampleCounts = try object.optional("n_samples_seen_")?.doublesOrNumber() ?? []
    }
}
