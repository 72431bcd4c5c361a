public import PickleCodec

/// Centres each column on its median and divides it by a range of quantiles: `(x - center) / scale`.
///
/// Source: scikit-learn `preprocessing/_data.py`, `RobustScaler.transform`.
public struct RobustScaler: Estimator {
    /// `sklearn.preprocessing.RobustScaler`.
    public static let pythonClasses = [PythonName(module: "sklearn.preprocessing._data", name: "RobustScaler")]

    /// What was recorded of the fit.
    public let fit: FitRecord
    /// What is subtracted from each column (`center_`); nil if `with_centering` is false.
    public let center: [Double]?
    /// What each column is divided by (`scale_`); nil if `with_scaling` is false.
    public let scale: [Double]?

    /// A scaler made by hand.
    public init(fit: FitRecord, center: [Double]?, scale: [Double]?) {
        self.fit = fit
        self.center = center
        self.scale = scale
    }

    /// Decodes a fitted scaler.
    public init(from object: GraphObject) throws(EstimatorError) {
        fit = try FitRecord(from: object)
        center = try object["with_centering"].bool() ? object["center_"].doubles() : nil
        scale = try object["with_scaling"].bool() ? object["scale_"].doubles() : nil
    }
}
