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

    /// More targets than any model has; the number stands in the file without anything that bears it out.
    private static let maximumTargetCount = 1 << 20

    /// Reads `classes_` of a classifier, `n_outputs_` of a regressor.
    init(from object: GraphObject) throws(EstimatorError) {
        if object.className.name.hasSuffix("Classifier") {
            let classes = try object["classes_"]
            let targets = try ClassLabels.perTarget(from: classes)
            guard !targets.isEmpty, targets.allSatisfy({ $0.count > 0 }) else {
                throw classes.mismatch("at least one class for each target")
            }
            self = .classification(targets)
        } else {
            let outputs = try object["n_outputs_"]
            let count = try outputs.integer()
            guard (1...Self.maximumTargetCount).contains(count) else {
                throw outputs.mismatch("1 to \(Self.maximumTargetCount) outputs")
            }
            self = .regression(targetCount: count)
        }
    }
}
