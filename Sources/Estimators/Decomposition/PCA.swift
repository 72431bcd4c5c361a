public import PickleCodec
public import Tensors

/// Projects rows on the principal components.
///
/// Source: scikit-learn `decomposition/_base.py`, `_BasePCA.transform`.
public struct PCA: Estimator {
    /// `sklearn.decomposition.PCA`.
    public static let pythonClasses = [PythonName(module: "sklearn.decomposition._pca", name: "PCA")]

    /// What was recorded of the fit.
    public let fit: FitRecord
    /// The components (`components_`): a row per component, a column per feature.
    public let components: Matrix<Double>
    /// The mean of each column (`mean_`); nil if nothing is subtracted.
    public let mean: [Double]?
    /// The variance along each component (`explained_variance_`), if projections are divided by its root (`whiten`).
    public let whiteningVariance: [Double]?
    /// Whether it was fitted on `float32` and stored so: what depends on the fit alone is then computed in `float32`.
    public let isSinglePrecision: Bool

    /// Components made by hand.
    public init(
        fit: FitRecord, components: Matrix<Double>, mean: [Double]?, whiteningVariance: [Double]? = nil,
        isSinglePrecision: Bool = false
    ) {
        self.fit = fit
        self.components = components
        self.mean = mean
        self.whiteningVariance = whiteningVariance
        self.isSinglePrecision = isSinglePrecision
    }

    /// Decodes fitted components.
    public init(from object: GraphObject) throws(EstimatorError) {
        fit = try FitRecord(from: object)
        components = try object["components_"].matrix()
        isSinglePrecision = try object["components_"].array().dtype == .float32
        mean = try object.optional("mean_")?.doubles()
        whiteningVariance = try object["whiten"].bool() ? object["explained_variance_"].doubles() : nil
    }
}
