public import PickleCodec

/// Trees added one after another to an initial answer: `GradientBoostingClassifier` or `GradientBoostingRegressor`.
///
/// Source: scikit-learn `ensemble/_gb.py`.
public struct GradientBoosting: Estimator {
    /// The two classes of `sklearn.ensemble._gb`.
    public static let pythonClasses = ["GradientBoostingClassifier", "GradientBoostingRegressor"].map {
        PythonName(module: "sklearn.ensemble._gb", name: $0)
    }

    /// What the sums of the trees mean.
    public enum Target: Hashable, Sendable {
        /// The sum is the answer.
        case value
        /// The sum is the log odds of the second class (`log_loss`), or half of them (`exponential`).
        case binary(ClassLabels, isExponential: Bool)
        /// There is a sum a class, its unnormalised log probability.
        case multiclass(ClassLabels)
    }

    /// What was recorded of the fit.
    public let fit: FitRecord
    /// What the sums mean.
    public let target: Target
    /// What the trees are added to (`init_`); nil for zero.
    public let initial: (any Estimator)?
    /// What every tree's answer is multiplied by (`learning_rate`).
    public let learningRate: Double
    /// The trees of each stage, one a sum (`estimators_`).
    public let stages: [[Tree]]

    /// An ensemble made by hand.
    public init(
        fit: FitRecord,
        target: Target,
        initial: (any Estimator)?,
        learningRate: Double,
        stages: [[Tree]]
    ) {
        self.fit = fit
        self.target = target
        self.initial = initial
        self.learningRate = learningRate
        self.stages = stages
    }

    /// Whether both have the same trees, and equal estimators to start from.
    public static func == (left: Self, right: Self) -> Bool {
        let initials = [left.initial, right.initial].map { $0.map { [$0] } ?? [] }
        return left.fit == right.fit && left.target == right.target && left.learningRate == right.learningRate
            && left.stages == right.stages && initials[0].areEqual(to: initials[1])
    }

    /// Decodes a fitted ensemble.
    public init(from object: GraphObject) throws(EstimatorError) {
        fit = try FitRecord(from: object)
        target = try Self.target(object)
        let initial = try object["init_"]
        self.initial = initial.stringIfAny() == "zero" ? nil : try EstimatorRegistry.decode(initial)
        learningRate = try object["learning_rate"].double()
        let estimators = try object["estimators_"]
        guard case .objectArray(let shape, _) = estimators.value, shape.count == 2, shape[1] == target.sumCount else {
            throw estimators.mismatch("an array of stages of \(target.sumCount) trees")
        }
        let trees = try estimators.trees().map(\.tree)
        let width = target.sumCount
        stages = stride(from: 0, to: trees.count, by: width).map { Array(trees[$0..<$0 + width]) }
    }

    private static func target(_ object: GraphObject) throws(EstimatorError) -> Target {
        guard object.className.name.hasSuffix("Classifier") else { return .value }
        let classes = try ClassLabels(from: object["classes_"])
        guard classes.count >= 2 else { throw try object["classes_"].mismatch("at least two classes") }
        let loss = try object["loss"]
        let isExponential = try loss.string() == "exponential"
        if classes.count > 2 && isExponential {
            throw loss.error(.malformed, "exponential loss knows two classes only")
        }
        return classes.count > 2 ? .multiclass(classes) : .binary(classes, isExponential: isExponential)
    }
}

extension GradientBoosting.Target {
    /// How many sums a row has.
    public var sumCount: Int {
        switch self {
        case .value, .binary: 1
        case .multiclass(let classes): classes.count
        }
    }
}
