public import PickleCodec

/// A regressor that looks at no column: it answers a constant per target.
///
/// Gradient boosting starts from it. Source: scikit-learn `dummy.py`, `DummyRegressor`.
public struct DummyRegressor: Estimator {
    /// `sklearn.dummy.DummyRegressor`.
    public static let pythonClasses = [PythonName(module: "sklearn.dummy", name: "DummyRegressor")]

    /// What was recorded of the fit.
    public let fit: FitRecord
    /// What is answered for each target (`constant_`).
    public let constant: [Double]

    /// A regressor made by hand.
    public init(fit: FitRecord, constant: [Double]) {
        self.fit = fit
        self.constant = constant
    }

    /// Decodes a fitted regressor.
    public init(from object: GraphObject) throws(EstimatorError) {
        fit = try FitRecord(from: object)
        constant = try object["constant_"].doubles()
    }
}
