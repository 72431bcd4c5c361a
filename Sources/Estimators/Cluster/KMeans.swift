public import PickleCodec
public import Tensors

/// Assigns each row to the nearest of some centres.
///
/// Source: scikit-learn `cluster/_kmeans.py`, `_BaseKMeans.predict` and `transform`.
public struct KMeans: Estimator {
    /// `sklearn.cluster.KMeans`.
    public static let pythonClasses = [PythonName(module: "sklearn.cluster._kmeans", name: "KMeans")]

    /// What was recorded of the fit.
    public let fit: FitRecord
    /// The centres (`cluster_centers_`): a row per cluster, a column per feature.
    public let centers: Matrix<Double>

    /// Clusters made by hand.
    public init(fit: FitRecord, centers: Matrix<Double>) {
        self.fit = fit
        self.centers = centers
    }

    /// Decodes fitted clusters.
    public init(from object: GraphObject) throws(EstimatorError) {
        fit = try FitRecord(from: object)
        centers = try object["cluster_centers_"].matrix()
    }
}
