public import PickleCodec

/// A support vector regressor.
///
/// Source: scikit-learn `svm/_base.py`, `BaseLibSVM.predict`.
public struct SVR: Estimator {
    /// `sklearn.svm.SVR`.
    public static let pythonClasses = [PythonName(module: "sklearn.svm._classes", name: "SVR")]

    /// What was recorded of the fit.
    public let fit: FitRecord
    /// The vectors and their weights.
    public let support: SupportVectors

    /// A regressor made by hand.
    public init(fit: FitRecord, support: SupportVectors) {
        self.fit = fit
        self.support = support
    }

    /// Decodes a fitted regressor.
    public init(from object: GraphObject) throws(EstimatorError) {
        fit = try FitRecord(from: object)
        support = try SupportVectors(from: object)
    }
}
