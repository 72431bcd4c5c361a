public import PickleCodec

/// Divides each column by its greatest absolute value: `x / scale`, clipped to -1...1 if asked.
///
/// Source: scikit-learn `preprocessing/_data.py`, `MaxAbsScaler.transform`.
public struct MaxAbsScaler: Estimator {
    /// `sklearn.preprocessing.MaxAbsScaler`.
    public static let pythonClasses = [PythonName(module: "sklearn.preprocessing._data", name: "MaxAbsScaler")]

    /// What was recorded of the fit.
    public let fit: FitRecord
    /// What each column is divided by (`scale_`).
    public let scale: [Double]
    /// The bounds of the answer, if `clip` is true.
    public let bounds: ClippingBounds?

    /// A scaler made by hand.
    public init(fit: FitRecord, scale: [Double], bounds: ClippingBounds? = nil) {
        self.fit = fit
        self.scale = scale
        self.bounds = bounds
    }

    /// Decodes a fitted scaler; `clip` came with scikit-learn 1.9.
    public init(from object: GraphObject) throws(EstimatorError) {
        fit = try FitRecord(from: object)
        scale = try object["scale_"].doubles()
        let isClipping = try object.optional("clip")?.bool() ?? false
        bounds = isClipping ? ClippingBounds(lower: -1, upper: 1) : nil
    }
}
