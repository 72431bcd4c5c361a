public import PickleCodec

/// A decision tree: `DecisionTreeClassifier`, `DecisionTreeRegressor`, `ExtraTreeClassifier` or `ExtraTreeRegressor`.
///
/// Source: scikit-learn `tree/_classes.py`.
public struct DecisionTree: Estimator {
    /// The four classes of `sklearn.tree._classes`.
    public static let pythonClasses = [
        "DecisionTreeClassifier", "DecisionTreeRegressor", "ExtraTreeClassifier", "ExtraTreeRegressor",
    ].map { PythonName(module: "sklearn.tree._classes", name: $0) }

    /// What was recorded of the fit.
    public let fit: FitRecord
    /// Labels or numbers.
    public let task: TreeTask
    /// The nodes.
    public let tree: Tree
    /// Whether rows may have missing values.
    public let acceptsMissing: Bool

    /// A tree made by hand.
    public init(fit: FitRecord, task: TreeTask, tree: Tree, acceptsMissing: Bool) {
        self.fit = fit
        self.task = task
        self.tree = tree
        self.acceptsMissing = acceptsMissing
    }

    /// Decodes a fitted tree.
    public init(from object: GraphObject) throws(EstimatorError) {
        fit = try FitRecord(from: object)
        task = try TreeTask(from: object)
        tree = try Tree(from: object["tree_"])
        guard tree.classCounts == task.classCounts else {
            throw EstimatorError(
                .malformed,
                at: object.path,
                "tree_ counts \(tree.classCounts) classes where classes_ has \(task.classCounts)"
            )
        }
        acceptsMissing = try Self.acceptsMissing(object, fit.version)
    }

    /// Whether the version that stored the tree lets NaN through to it.
    ///
    /// Source: `_support_missing_values` and the estimator tags of each version, 1.3 being the first with any.
    private static func acceptsMissing(
        _ object: GraphObject,
        _ version: ScikitLearnVersion?
    ) throws(EstimatorError) -> Bool {
        guard let version, version.isAtLeast(1, 3) else { return false }
        let splitter = try object["splitter"].stringIfAny()
        let isExtraTree = object.className.name.hasPrefix("ExtraTree")
        if version.isAtLeast(1, 9) { return !isExtraTree || splitter == "random" }
        let isMonotonic = try object.optional("monotonic_cst") != nil
        let criterion = try object["criterion"].stringIfAny() ?? ""
        let criteria: Set =
            object.className.name.hasSuffix("Classifier")
            ? ["gini", "log_loss", "entropy"] : ["squared_error", "friedman_mse", "poisson"]
        guard !isMonotonic, criteria.contains(criterion) else { return false }
        guard version.isAtLeast(1, 6) else { return splitter == "best" }
        guard isExtraTree else { return true }
        // The tag of 1.6's ExtraTreeRegressor is annotated where it should be assigned, and keeps its default.
        let isMistagged = !version.isAtLeast(1, 7) && object.className.name == "ExtraTreeRegressor"
        return splitter == "random" && !isMistagged
    }
}
