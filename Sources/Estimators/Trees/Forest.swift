public import PickleCodec

/// A forest whose trees' answers are averaged: `RandomForest…` or `ExtraTrees…`, classifier or regressor.
///
/// Source: scikit-learn `ensemble/_forest.py`.
public struct Forest: Estimator {
    /// The four classes of `sklearn.ensemble._forest`.
    public static let pythonClasses = [
        "RandomForestClassifier", "RandomForestRegressor", "ExtraTreesClassifier", "ExtraTreesRegressor",
    ].map { PythonName(module: "sklearn.ensemble._forest", name: $0) }

    /// What was recorded of the fit.
    public let fit: FitRecord
    /// Labels or numbers.
    public let task: TreeTask
    /// The trees in their order (`estimators_`); at least one.
    public let trees: [DecisionTree]
    /// What the rows of each tree were drawn from; nil if not recorded, as before scikit-learn 1.4.
    public let sampling: RowSampling?

    /// A forest made by hand.
    public init(
        fit: FitRecord,
        task: TreeTask,
        trees: [DecisionTree],
        sampling: RowSampling? = nil
    ) {
        self.fit = fit
        self.task = task
        self.trees = trees
        self.sampling = sampling
    }

    /// Whether rows may have missing values.
    public var acceptsMissing: Bool {
        (fit.version?.isAtLeast(1, 4) ?? false) && (trees.first?.acceptsMissing ?? false)
    }

    /// Decodes a fitted forest.
    public init(from object: GraphObject) throws(EstimatorError) {
        fit = try FitRecord(from: object)
        task = try TreeTask(from: object)
        trees = try object["estimators_"].trees()
        for (index, tree) in trees.enumerated() where tree.task.classCounts != task.classCounts {
            throw EstimatorError(
                .malformed,
                at: "\(object.path).estimators_[\(index)]",
                "it answers \(tree.task.classCounts) classes, the forest \(task.classCounts)"
            )
        }
        sampling = try RowSampling(from: object)
    }
}

extension GraphValue {
    /// The decision trees of a list or an array of objects; at least one.
    func trees() throws(EstimatorError) -> [DecisionTree] {
        let elements = try elements()
        guard !elements.isEmpty else { throw mismatch("at least one tree") }
        var trees: [DecisionTree] = []
        trees.reserveCapacity(elements.count)
        for element in elements {
            let object = try element.object()
            guard DecisionTree.pythonClasses.contains(object.className) else {
                throw element.mismatch("a decision tree")
            }
            trees.append(try DecisionTree(from: object))
        }
        return trees
    }
}
