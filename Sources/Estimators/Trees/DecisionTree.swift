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
    /// A tree made by hand.
    public init(fit: FitRecord, task: TreeTask, tree: Tree) {
        self.fit = fit
        self.task = task
        self.tree = tree
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
    }
}

extension DecisionTree {
    /// Whether rows may have missing values: whether the version that stored the tree lets NaN through to it.
    ///
    /// Source: `_support_missing_values` and the estimator tags of each version, 1.3 being the first with any.
    public var acceptsMissing: Bool {
        guard let version = fit.version, version.isAtLeast(1, 3) else { return false }
        let splitter = fit.parameters["splitter"]
        let isExtraTree = fit.className.hasPrefix("ExtraTree")
        if version.isAtLeast(1, 9) { return !isExtraTree || splitter == "random" }
        let criteria: Set<ParameterValue> =
            fit.className.hasSuffix("Classifier")
            ? ["gini", "log_loss", "entropy"] : ["squared_error", "friedman_mse", "poisson"]
        guard fit.parameters["monotonic_cst"] == .null, let criterion = fit.parameters["criterion"],
            criteria.contains(criterion)
        else { return false }
        guard version.isAtLeast(1, 6) else { return splitter == "best" }
        guard isExtraTree else { return true }
        // The tag of 1.6's ExtraTreeRegressor is annotated where it should be assigned, and keeps its default.
        let isMistagged = !version.isAtLeast(1, 7) && fit.className == "ExtraTreeRegressor"
        return splitter == "random" && !isMistagged
    }
}
