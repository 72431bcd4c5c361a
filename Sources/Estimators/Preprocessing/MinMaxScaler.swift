public import PickleCodec

/// Maps each column's fitted range onto another: `x * scale + minimum`, clipped to the range if asked.
///
/// Source: scikit-learn `preprocessing/_data.py`, `MinMaxScaler.transform`.
public struct MinMaxScaler: Estimator {
    /// `sklearn.preprocessing.MinMaxScaler`.
    public static let pythonClasses = [PythonName(module: "sklearn.preprocessing._data", name: "MinMaxScaler")]

    /// What was recorded of the fit.
    public let fit: FitRecord
    /// What each column is multiplied by (`scale_`).
    public let scale: [Double]
    /// What is then added to each column (`min_`).
    public let minimum: [Double]
    /// The least value of each column (`data_min_`); nil if not recorded.
    public let dataMinimum: [Double]?
    /// The greatest value of each column (`data_max_`); nil if not recorded.
    public let dataMaximum: [Double]?
    /// How many rows were seen (`n_samples_seen_`); nil if not recorded.
    public let sampleCount: Int?
    /// The bounds of the answer (`feature_range`), if `clip` is true.
    public let bounds: ClippingBounds?

    /// A scaler made by hand; `fit` says by its parameters `clip` and `feature_range` whether it clips.
    public init(
        fit: FitRecord,
        scale: [Double],
        minimum: [Double],
        dataMinimum: [Double]? = nil,
        dataMaximum: [Double]? = nil,
        sampleCount: Int? = nil
    ) {
        self.fit = fit
        self.scale = scale
        self.minimum = minimum
        self.dataMinimum = dataMinimum
        self.dataMaximum = dataMaximum
        self.sampleCount = sampleCount
        let isClipping = fit.parameters["clip"]?.isTrue ?? false
        bounds = isClipping ? fit.parameters["feature_range"].flatMap { ClippingBounds($0) } : nil
    }

    /// Decodes a fitted scaler; `clip` came with scikit-learn 0.24.
    public init(from object: GraphObject) throws(EstimatorError) {
        fit = try FitRecord(from: object)
        scale = try object["scale_"].doubles()
        minimum = try object["min_"].doubles()
        dataMinimum = try object.optional("data_min_")?.doubles()
        dataMaximum = try object.optional("data_max_")?.doubles()
        sampleCount = try object.optional("n_samples_seen_")?.integer()
        let isClipping = try object.optional("clip")?.bool() ?? false
        bounds = try isClipping ? ClippingBounds(from: object["feature_range"]) : nil
    }
}

/// The least and the greatest value that a clipping scaler answers.
public struct ClippingBounds: Hashable, Sendable {
    /// The least value.
    public let lower: Double
    /// The greatest value.
    public let upper: Double

    /// Bounds, the lower first.
    public init(lower: Double, upper: Double) {
        self.lower = lower
        self.upper = upper
    }

    /// A pair of numbers; nil if it is something else.
    init?(_ range: ParameterValue) {
        guard case .tuple(let items) = range, items.count == 2, let lower = items[0].double,
            let upper = items[1].double
        else { return nil }
        self.init(lower: lower, upper: upper)
    }

    /// Reads a pair of numbers.
    init(from value: GraphValue) throws(EstimatorError) {
        let numbers = try value.doubles()
        guard numbers.count == 2 else { throw value.mismatch("a pair of numbers") }
        self.init(lower: numbers[0], upper: numbers[1])
    }
}
