public import PickleCodec

/// One classifier per target.
///
/// Source: scikit-learn `multioutput.py`, `MultiOutputClassifier`.
public struct MultiOutputClassifier: Estimator {
    /// `sklearn.multioutput.MultiOutputClassifier`.
    public static let pythonClasses = [PythonName(module: "sklearn.multioutput", name: "MultiOutputClassifier")]

    /// What was recorded of the fit of the first target's estimator, the one that complains of rows.
    public let fit: FitRecord
    /// The estimators (`estimators_`), one per target; at least one.
    public let estimators: [any Estimator]

    /// Classifiers made by hand; nil if there are none.
    public init?(estimators: [any Estimator]) {
        guard let first = estimators.first else { return nil }
        fit = first.fit
        self.estimators = estimators
    }

    /// Whether both have equal estimators.
    public static func == (left: Self, right: Self) -> Bool { left.estimators.areEqual(to: right.estimators) }

    /// Decodes the fitted classifiers.
    public init(from object: GraphObject) throws(EstimatorError) {
        estimators = try object["estimators_"].estimators()
        fit = estimators[0].fit
    }
}
