public import PickleCodec

/// Standardises each column: `(x - mean) / scale`.
///
/// Source: scikit-learn `preprocessing/_data.py`, `StandardScaler.transform`.
public struct StandardScaler: Estimator {
    /// `sklearn.preprocessing.StandardScaler`.
    public static let pythonClasses = [PythonName(module: "sklearn.preprocessing._data", name: "StandardScaler")]

    /// What was recorded of the fit.
    public let fit: FitRecord
    /// What is subtracted from each column (`mean_`); nil if `with_mean` is false.
    public let mean: [Double]?
    /// What each column is divided by (`scale_`); nil if `with_std` is false.
    public let scale: [Double]?

    /// A scaler made by hand.
    public init(fit: FitRecord, mean: [Double]?, scale: [Double]?) {
        self.fit = fit
        self.mean = mean
        self.scale = scale
    }

    /// Decodes a fitted scaler.
    public init(from object: GraphObject) throws(EstimatorError) {
        fit = try FitRecord(from: object)
        mean = try object["with_mean"].bool() ? object["mean_"].doubles() : nil
        scale = try object["with_std"].bool() ? object["scale_"].doubles() : nil
    }
}
