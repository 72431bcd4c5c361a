import PickleCodec

/// What a tree, or an ensemble of trees, was fitted to answer.
public enum TreeTask: Hashable, Sendable {
    /// Numbers: one a target.
    case regression(targetCount: Int)
    /// Labels: for each target, its classes.
    case classification([ClassLabels])

    /// The number of targets.
    public var targetCount: Int {
        switch self {
        case .regression(let count): count
        case .classification(let targets): targets.count
        }
    }

    /// Per target, the number of classes; 1 for regression.
    public var classCounts: [Int] {
        switch self {
        case .regression(let count): [Int](repeating: 1, count: count)
        case .classification(let targets): targets.map(\.count)
        }
    }

    /// Reads `classes_` of a classifier, `n_outputs_` of a regressor.
    init(from object: GraphObject) throws(EstimatorError) {
        if object.className.name.hasSuffix("Classifier") {
            self = .classification(try ClassLabels.perTarget(from: object["classes_"]))
        } else {
            let count = try object["n_outputs_"]
            self = .regression(targetCount: try count.integer())
            guard targetCount > 0 else { throw count.mismatch("at least one output") }
        }
    }
}
