/// The nodes of one binary decision tree as scikit-learn stores them, in columns; node 0 is the root.
package struct DecisionNodes {
    /// Per node, the index of the child taken when the value is at most the threshold; negative in leaves.
    package var leftChild: [Int]
    /// Per node, the index of the other child; negative in leaves.
    package var rightChild: [Int]
    /// Per node, the column compared; of no meaning in leaves.
    package var feature: [Int]
    /// Per node, the threshold; of no meaning in leaves.
    package var threshold: [Double]
    /// Per node, whether a missing value (NaN) goes left; empty where trees do not know missing values.
    package var missingGoesLeft: [Bool]
    /// Per node, `valueWidth` numbers, of which those of leaves are answers.
    package var values: [Double]
    /// How many numbers a node holds.
    package var valueWidth: Int

    /// The columns of a tree, not yet validated: ``TreeEnsemble/Builder`` does that.
    package init(
        leftChild: [Int],
        rightChild: [Int],
        feature: [Int],
        threshold: [Double],
        missingGoesLeft: [Bool] = [],
        values: [Double],
        valueWidth: Int
    ) {
        self.leftChild = leftChild
        self.rightChild = rightChild
        self.feature = feature
        self.threshold = threshold
        self.missingGoesLeft = missingGoesLeft
        self.values = values
        self.valueWidth = valueWidth
    }

    package var count: Int { leftChild.count }
}

/// Why nodes are not a tree.
package struct TreeError: Error, Hashable, Sendable {
    /// What is wrong, for people.
    package let message: String

    init(_ message: String) { self.message = message }
}
