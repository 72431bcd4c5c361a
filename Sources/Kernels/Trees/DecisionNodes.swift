/// The nodes of one binary decision tree as scikit-learn stores them, in columns; node 0 is the root.
package struct DecisionNodes {
    /// Per node, the index of the child taken when the value is at most the threshold; negative in leaves.
    package var leftChild: [Int32]
    /// Per node, the index of the other child; negative in leaves.
    package var rightChild: [Int32]
    /// Per node, the column compared; of no meaning in leaves.
    package var feature: [Int32]
    /// Per node, the threshold; of no meaning in leaves.
    package var threshold: [Double]
    /// Per node, whether a missing value (NaN) goes left; empty where trees do not know missing values.
    package var missingGoesLeft: [Bool]
    /// Per node, the number of training rows that reached it: how often it may be expected to be reached again.
    package var sampleCount: [Int32]
    /// Per node, `valueWidth` numbers, of which those of leaves are answers.
    package var values: [Double]
    /// How many numbers a node holds.
    package var valueWidth: Int

    /// The columns of a tree, not yet validated: ``TreeEnsemble/Builder`` does that.
    package init(
        leftChild: [Int32],
        rightChild: [Int32],
        feature: [Int32],
        threshold: [Double],
        missingGoesLeft: [Bool] = [],
        sampleCount: [Int32],
        values: [Double],
        valueWidth: Int
    ) {
        self.leftChild = leftChild
        self.rightChild = rightChild
        self.feature = feature
        self.threshold = threshold
        self.missingGoesLeft = missingGoesLeft
        self.sampleCount = sampleCount
        self.values = values
        self.valueWidth = valueWidth
    }

    package var count: Int { leftChild.count }

    /// Refuses columns that differ in length.
    func checkLengths() throws(TreeError) {
        guard count > 0, count <= WideNode.maximumIndex - NodeLayout.slotsPerLine, rightChild.count == count,
            feature.count == count, threshold.count == count, sampleCount.count == count,
            values.count == count * valueWidth, missingGoesLeft.isEmpty || missingGoesLeft.count == count
        else { throw TreeError("the columns of the nodes differ in length") }
    }

    /// Refuses an inner node whose children or column do not exist.
    func checkSplit(at node: Int, featureCount: Int) throws(TreeError) {
        let left = leftChild[node]
        let right = rightChild[node]
        guard left > 0, left < count, right > 0, right < count else {
            throw TreeError("node \(node) has children \(left) and \(right) in a tree of \(count) nodes")
        }
        guard feature[node] >= 0, feature[node] < featureCount else {
            throw TreeError("node \(node) compares feature \(feature[node]) of \(featureCount)")
        }
    }
}

/// Why nodes are not a tree.
package struct TreeError: Error, Hashable, Sendable {
    /// What is wrong, for people.
    package let message: String

    init(_ message: String) { self.message = message }
}
