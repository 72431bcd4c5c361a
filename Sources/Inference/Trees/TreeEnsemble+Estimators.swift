import Estimators
import Kernels

extension TreeEnsemble.Builder {
    /// Adds a fitted tree.
    ///
    /// - Parameters:
    ///   - values: what its nodes hold, the ensemble's width of numbers a node.
    ///   - width: the ensemble's width.
    ///   - features: the ensemble's column for each of the tree's own; nil where they are the same.
    ///   - column: the first of the sums its values are added to.
    ///   - index: the tree's place in `estimators_`, for the error.
    mutating func append(
        _ tree: Tree,
        values: [Double],
        width: Int,
        features: [Int]? = nil,
        column: Int = 0,
        index: Int,
        fit: FitRecord
    ) throws(InferenceError) {
        var columns = tree.feature
        if let features {
            for (node, feature) in columns.enumerated() where feature >= 0 {
                guard feature < features.count, let column = Int32(exactly: features[Int(feature)]) else {
                    throw fit.invalid("estimators_[\(index)] compares column \(feature) of \(features.count)")
                }
                columns[node] = column
            }
        }
        do {
            try append(
                DecisionNodes(
                    leftChild: tree.leftChild,
                    rightChild: tree.rightChild,
                    feature: columns,
                    threshold: tree.threshold,
                    missingGoesLeft: tree.missingGoesLeft,
                    sampleCount: tree.sampleCount,
                    values: values,
                    valueWidth: width
                ),
                column: column
            )
        } catch {
            throw fit.invalid("estimators_[\(index)]: \(error.message)")
        }
    }
}

extension FitRecord {
    /// The number of columns that trees take, which the nodes are then checked against.
    func columnCount(of trees: some Collection<Tree>) throws(InferenceError) -> Int {
        let columns = try columnCount(agreeingWith: ["tree_": trees.first?.featureCount])
        guard columns <= TreeEnsemble.Builder.maximumFeatureCount else {
            throw invalid(
                "\(columns) columns are more than the \(TreeEnsemble.Builder.maximumFeatureCount) trees can compare"
            )
        }
        return columns
    }
}
