public import PickleCodec

/// A classifier that looks at no column: it answers the frequencies of the classes.
///
/// Gradient boosting starts from it. Source: scikit-learn `dummy.py`, `DummyClassifier`.
public struct DummyClassifier: Estimator {
    /// `sklearn.dummy.DummyClassifier`.
    public static let pythonClasses = [PythonName(module: "sklearn.dummy", name: "DummyClassifier")]

    /// What was recorded of the fit.
    public let fit: FitRecord
    /// The labels (`classes_`).
    public let classes: ClassLabels
    /// The probability of each class that is answered: `class_prior_`, or one for the most frequent class.
    public let probabilities: [Double]

    /// A classifier made by hand.
    public init(fit: FitRecord, classes: ClassLabels, probabilities: [Double]) {
        self.fit = fit
        self.classes = classes
        self.probabilities = probabilities
    }

    /// Decodes a fitted classifier of one target with the strategy `prior` or `most_frequent`.
    public init(from object: GraphObject) throws(EstimatorError) {
        fit = try FitRecord(from: object)
        classes = try ClassLabels(from: object["classes_"])
        let prior = try object["class_prior_"].doubles()
        let strategy = try object["strategy"]
        switch try strategy.string() {
        case "prior": probabilities = prior
        case "most_frequent":
            let mostFrequent = prior.max().flatMap(prior.firstIndex)
            probabilities = prior.indices.map { $0 == mostFrequent ? 1 : 0 }
        case let name:
            throw strategy.error(.unsupportedSetting, "the strategy \"\(name)\" is not one Apus can serve")
        }
    }
}
