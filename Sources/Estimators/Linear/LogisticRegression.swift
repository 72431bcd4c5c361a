public import PickleCodec
public import Tensors

/// A linear classifier with probabilities.
///
/// Source: scikit-learn `linear_model/_logistic.py`, `LogisticRegression.predict_proba`, and `linear_model/_base.py`,
/// `LinearClassifierMixin`.
public struct LogisticRegression: Estimator {
    /// `sklearn.linear_model.LogisticRegression`.
    public static let pythonClasses = [
        PythonName(module: "sklearn.linear_model._logistic", name: "LogisticRegression")
    ]

    /// How scores become probabilities.
    public enum Link: Hashable, Sendable {
        /// The logistic function of each score, then divided by their sum if there are several classes.
        case logistic
        /// The softmax of the scores; of `(-score, score)` for two classes.
        case softmax
    }

    /// What was recorded of the fit.
    public let fit: FitRecord
    /// The labels (`classes_`).
    public let classes: ClassLabels
    /// The weights (`coef_`): a row per class, but one row for two classes; a column per feature.
    public let coefficients: Matrix<Double>
    /// What is added (`intercept_`), one number per row of ``coefficients``, or one for all.
    public let intercept: [Double]
    /// How scores become probabilities.
    public let link: Link

    /// A classifier made by hand.
    public init(
        fit: FitRecord,
        classes: ClassLabels,
        coefficients: Matrix<Double>,
        intercept: [Double],
        link: Link
    ) {
        self.fit = fit
        self.classes = classes
        self.coefficients = coefficients
        self.intercept = intercept
        self.link = link
    }

    /// Decodes a fitted classifier.
    public init(from object: GraphObject) throws(EstimatorError) {
        fit = try FitRecord(from: object)
        classes = try ClassLabels(from: object["classes_"])
        coefficients = try object["coef_"].matrix()
        intercept = try object["intercept_"].doublesOrNumber()
        link = try Link(from: object, classCount: classes.count, version: fit.version)
    }
}

extension LogisticRegression.Link {
    /// The rule of the version that stored the classifier.
    ///
    /// Until 1.7 `multi_class` decides, by default together with the solver; `newton-cholesky` came with 1.2 and was
    /// one-against-rest from the start. `multi_class` is gone in 1.8, where two classes are always logistic.
    init(from object: GraphObject, classCount: Int, version: ScikitLearnVersion?) throws(EstimatorError) {
        guard let setting = try object.optional("multi_class")?.string(), version?.isAtLeast(1, 8) != true else {
            self = classCount <= 2 ? .logistic : .softmax
            return
        }
        switch setting {
        case "ovr", "warn": self = .logistic
        case "multinomial": self = .softmax
        case "auto", "deprecated":
            let solver = try object["solver"].string()
            self = classCount <= 2 || solver == "liblinear" || solver == "newton-cholesky" ? .logistic : .softmax
        default:
            throw EstimatorError(
                .unsupportedSetting,
                at: object.path + ".multi_class",
                "\"\(setting)\" is not a setting Apus knows"
            )
        }
    }
}
