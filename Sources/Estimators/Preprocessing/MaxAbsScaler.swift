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
    /// The greatest absolute value of each column (`max_abs_`); nil if not recorded.
    public let maximumAbsolute: [Double]?
    /// How many rows were seen (`n_samples_seen_`); nil if not recorded.
    public let sampleCount: Int?

    /// A scaler made by hand; `fit` says by its parameter `clip` whether it clips.
    public init(fit: FitRecord, scale: [Double], maximumAbsolute: [Double]? = nil, sampleCount: Int? = nil) {
        self.fit = fit
        self.scale = scale
        self.maximumAbsolute = maximumAbsolute
        self.sampleCount = sampleCount
    }

    /// The bounds of the answer, if `clip` is true; it came with scikit-learn 1.9.
    public var bounds: ClippingBounds? {
        fit.parameters["clip"]?.isTrue ?? false ? ClippingBounds(lower: -1, upper: 1) : nil
    }

    /// Decodes a fitted scaler.
    public init(from object: GraphObject) throws(EstimatorError) {
        fit = try FitRecord(from: object)
        scale = try object["scale_"].doubles()
        _ = try object.optional("clip")?.bool()
        maximumAbsolute = try object.optional("max_abs_")?.doubles()
        sampleCount = try object.optional("n_samples_seen_")?.integer()
    }
}
