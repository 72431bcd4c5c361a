/// Decision trees laid out for walking: validated once, then walked without checks.
///
/// Values are compared as ``OrderKey``s, which changes no answer: scikit-learn casts values to `Float`, and for a
/// `Float` x, `Double(x) <= threshold` is the same as `x <= t` with `t` the largest `Float` not above the threshold.
/// Each tree's leaf values are added to the row's sums in the order of the trees.
package struct TreeEnsemble: Sendable {
    /// Where a tree lies, and where its values go.
    struct Tree: BitwiseCopyable {
        /// The index of its root in the nodes.
        let root: Int
        /// The longest way from the root to a leaf, in comparisons.
        let depth: Int
        /// The column of a row's sums that its first value is added to.
        let column: Int
    }

    /// The number of columns of a row.
    package let featureCount: Int
    /// The number of sums per row.
    package let outputCount: Int
    /// How many consecutive sums each tree adds to.
    let valueWidth: Int
    let trees: [Tree]
    /// The trees' indices by depth: walked together, trees of like depth wait for none that is much deeper.
    let walkOrder: [Int32]
    let nodes: Nodes
    /// Per node `valueWidth` numbers, those of inner nodes unused.
    let values: [Double]
    /// Per node whether a missing value goes left.
    let missingGoesLeft: [Bool]

    /// The number of trees.
    package var treeCount: Int { trees.count }
    /// How many comparisons a row takes at most.
    package var stepsPerRow: Int { trees.reduce(0) { $0 + $1.depth } }
}
