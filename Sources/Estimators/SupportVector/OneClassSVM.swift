public import PickleCodec

/// A support vector machine around the rows of the fit: what lies outside is an outlier.
///
/// Source: scikit-learn `svm/_classes.py`, `OneClassSVM`.
public struct OneClassSVM: Estimator {
    /// `sklearn.svm.OneClassSVM`.
    public static let pythonClasses = [PythonName(module: "sklearn.svm._classes", name: "OneClassSVM")]

    /// What was recorded of the fit.
    public let fit: FitRecord
    /// The vectors and their weights.
    public let support: SupportVectors
    /// What turns decision values into scores (`offset_`): `score = decision + offset`.
    public let offset: Double

    /// A detector made by hand.
    public init(fit: FitRecord, support: SupportVectors, offset: Double) {
        self.fit = fit
        self.support = support
        self.offset = offset
    }

    /// Decodes a fitted detector.
    public init(from object: GraphObject) throws(EstimatorError) {
        fit = try FitRecord(from: object)
        support = try SupportVectors(from: object)
        offset = try object["offset_"].double()
    }
}
