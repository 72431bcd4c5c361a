public import PickleCodec

/// A support vector classifier: a machine for each pair of classes.
///
/// Source: scikit-learn `svm/_base.py`, `BaseSVC`.
public struct SVC: Estimator {
    /// `sklearn.svm.SVC`.
    public static let pythonClasses = [PythonName(module: "sklearn.svm._classes", name: "SVC")]

    /// Platt's sigmoids, which make probabilities of the pairs' decision values: one `a` and `b` per pair.
    public struct Sigmoids: Hashable, Sendable {
        /// The slopes (`_probA`).
        public let slopes: [Double]
        /// The offsets (`_probB`).
        public let offsets: [Double]

        /// Sigmoids, one slope and offset per pair of classes.
        public init(slopes: [Double], offsets: [Double]) {
            self.slopes = slopes
            self.offsets = offsets
        }
    }

    /// The shape of `decision_function`'s answer for more than two classes.
    public enum DecisionShape: String, Hashable, Sendable {
        /// A value per pair of classes.
        case oneAgainstOne = "ovo"
        /// A value per class.
        case oneAgainstRest = "ovr"
    }

    /// What was recorded of the fit.
    public let fit: FitRecord
    /// The labels (`classes_`).
    public let classes: ClassLabels
    /// The vectors and their weights.
    public let support: SupportVectors
    /// The number of vectors of each class (`_n_support`).
    public let supportCounts: [Int]
    /// How decision values become probabilities; nil if it was fitted without.
    public let sigmoids: Sigmoids?
    /// The shape of `decision_function`'s answer.
    public let decisionShape: DecisionShape
    /// Whether `predict` follows the decision values instead of the votes.
    public let breaksTies: Bool

    /// A classifier made by hand.
    public init(
        fit: FitRecord,
        classes: ClassLabels,
        support: SupportVectors,
        supportCounts: [Int],
        sigmoids: Sigmoids? = nil,
        decisionShape: DecisionShape = .oneAgainstRest,
        breaksTies: Bool = false
    ) {
        self.fit = fit
        self.classes = classes
        self.support = support
        self.supportCounts = supportCounts
        self.sigmoids = sigmoids
        self.decisionShape = decisionShape
        self.breaksTies = breaksTies
    }

    /// Decodes a fitted classifier.
    public init(from object: GraphObject) throws(EstimatorError) {
        fit = try FitRecord(from: object)
        classes = try ClassLabels(from: object["classes_"])
        support = try SupportVectors(from: object)
        supportCounts = try object["_n_support"].integers()
        sigmoids = try Sigmoids(from: object)
        let shape = try object["decision_function_shape"]
        guard let decisionShape = DecisionShape(rawValue: try shape.string()) else {
            throw shape.mismatch("\"ovo\" or \"ovr\"")
        }
        self.decisionShape = decisionShape
        breaksTies = try object["break_ties"].bool()
    }
}

extension SVC.Sigmoids {
    /// Reads the sigmoids of a classifier with `probability`, which is `"deprecated"` by default from 1.9 on: no.
    init?(from object: GraphObject) throws(EstimatorError) {
        let probability = try object["probability"]
        guard probability.stringIfAny() == nil, try probability.bool() else { return nil }
        slopes = try object["_probA"].doubles()
        offsets = try object["_probB"].doubles()
    }
}
