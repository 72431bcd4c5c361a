import Estimators

extension GrownTree {
    /// The tree as a fitted estimator has it.
    var tree: Tree {
        Tree(
            featureCount: featureCount, classCounts: classCounts, leftChild: leftChild, rightChild: rightChild,
            feature: feature, threshold: threshold, missingGoesLeft: missingGoesLeft, sampleCount: sampleCount,
            values: values,
            statistics: NodeStatistics(impurity: impurity, weightedSampleCount: weightedSampleCount))
    }

    /// The tree as a member of an ensemble: an estimator of its own.
    ///
    /// - Parameter parameters: what the ensemble gave to its constructor, but for the seed.
    func member(
        _ className: String, _ task: TreeTask, _ parameters: [String: ParameterValue]
    ) -> DecisionTree {
        var parameters = parameters
        parameters["random_state"] = .integer(Int(seed))
        return DecisionTree(
            fit: FitRecord(
                className: className, version: .written, featureCount: featureCount, parameters: parameters),
            task: task, tree: tree)
    }
}
