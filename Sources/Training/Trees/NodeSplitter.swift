import Kernels

/// Splits the nodes of one tree, one after the other, each after all nodes above it.
///
/// A node is a range of places among the rows of the tree, which splitting puts in another order. The order matters: it
/// is that of scikit-learn, because sums of targets are rounded as it says.
protocol NodeSplitter: ~Copyable {
    /// The number of rows of the tree.
    var rowCount: Int { get }
    /// The weight of all rows.
    var totalWeight: Double { get }

    /// Turns to a node.
    ///
    /// - Returns: its weight.
    mutating func start(_ range: Range<Int>) -> Double
    /// The impurity of the node started with.
    func nodeImpurity() -> Double
    /// Adds the values of the node started with.
    func appendValues(to values: inout [Double])
    /// Splits the node started with, if it can be, and puts its rows in the order of its children.
    ///
    /// - Parameters:
    ///   - impurity: of the node.
    ///   - constantCount: how many features are known to be constant; those found now are added.
    mutating func split(_ range: Range<Int>, impurity: Double, constantCount: inout Int) -> NodeSplit?
    /// Prepares for the children of a node that has been split, of which leaves will not be split.
    mutating func descend(_ range: Range<Int>, _ split: NodeSplit, leaves: (left: Bool, right: Bool))
}

extension NodeSplitter where Self: ~Copyable {
    mutating func descend(_ range: Range<Int>, _ split: NodeSplit, leaves: (left: Bool, right: Bool)) {}
}

/// The rows that one tree grows from, and what there is to know of them.
struct GrowingRows: Sendable {
    /// The values of the rows.
    let columns: FeatureColumns
    /// The weight of all rows of the fit.
    let totalWeight: Double
}
