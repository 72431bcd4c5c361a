import PickleCodec
import Tensors

/// One fitted decision tree, its nodes in columns; node 0 is the root.
///
/// Source: scikit-learn `tree/_tree.pyx`, `Tree.__getstate__` and the `Node` structure.
public struct Tree: Hashable, Sendable {
    /// The number of columns the tree may compare.
    public let featureCount: Int
    /// Per target the number of classes; 1 for regression.
    public let classCounts: [Int]
    /// Per node, the child taken by values up to the threshold; -1 in leaves.
    public let leftChild: [Int32]
    /// Per node, the other child; -1 in leaves.
    public let rightChild: [Int32]
    /// Per node, the column compared; -2 in leaves.
    public let feature: [Int32]
    /// Per node, what the column is compared with; -2 in leaves.
    public let threshold: [Double]
    /// Per node, whether a missing value goes left; empty in trees stored before scikit-learn 1.3.
    public let missingGoesLeft: [Bool]
    /// Per node, the number of training rows that reached it.
    public let sampleCount: [Int32]
    /// Per node, target and class, what the node holds: `nodeCount * classCounts.count * classWidth` numbers.
    public let values: [Double]
    /// The largest number of classes of any target.
    public let classWidth: Int
    /// Per node, what fitting noted beside; nil if unknown, and then the tree cannot be written.
    public let statistics: NodeStatistics?

    /// The number of nodes.
    public var nodeCount: Int { leftChild.count }

    /// A tree made by hand; the columns must be of one length and `values` as long as the shape says.
    public init(
        featureCount: Int,
        classCounts: [Int],
        leftChild: [Int32],
        rightChild: [Int32],
        feature: [Int32],
        threshold: [Double],
        missingGoesLeft: [Bool] = [],
        sampleCount: [Int32],
        values: [Double],
        statistics: NodeStatistics? = nil
    ) {
        self.featureCount = featureCount
        self.classCounts = classCounts
        self.leftChild = leftChild
        self.rightChild = rightChild
        self.feature = feature
        self.threshold = threshold
        self.missingGoesLeft = missingGoesLeft
        self.sampleCount = sampleCount
        self.values = values
        self.statistics = statistics
        classWidth = classCounts.max() ?? 1
    }

    /// Per node, the number of nodes on the way to it, itself and the root included.
    ///
    /// Children come after their parents in scikit-learn's trees, and only such are followed.
    public func depths() -> [Int] {
        var depths = [Int](repeating: 1, count: nodeCount)
        for node in 0..<nodeCount {
            for child in [Int(leftChild[node]), Int(rightChild[node])] where child > node && child < nodeCount {
                depths[child] = depths[node] + 1
            }
        }
        return depths
    }

    /// Decodes `sklearn.tree._tree.Tree`, recorded as a call with the counts and a state with the arrays.
    init(from value: GraphValue) throws(EstimatorError) {
        let object = try value.object()
        guard object.className == PythonName(module: "sklearn.tree._tree", name: "Tree") else {
            throw value.mismatch("sklearn.tree._tree.Tree")
        }
        featureCount = try object.argument(0).integer()
        classCounts = try object.argument(1).integers()
        classWidth = classCounts.max() ?? 0
        let nodes = try object["nodes"]
        leftChild = try nodes.integers(field: "left_child")
        rightChild = try nodes.integers(field: "right_child")
        feature = try nodes.integers(field: "feature")
        threshold = try nodes.doubles(field: "threshold")
        sampleCount = try nodes.integers(field: "n_node_samples")
        statistics = NodeStatistics(nodes: try nodes.array())
        let knowsMissing = try nodes.array().dtype.fields.contains { $0.name == "missing_go_to_left" }
        missingGoesLeft = knowsMissing ? try nodes.integers(field: "missing_go_to_left").map { $0 != 0 } : []
        let stored = try object["values"]
        guard try stored.array().shape == [leftChild.count, classCounts.count, classWidth] else {
            throw stored.mismatch("values of shape \([leftChild.count, classCounts.count, classWidth])")
        }
        values = try stored.doubles()
    }
}

extension GraphValue {
    /// One field of an array of records, as integers of 32 bits, which number all nodes, columns and rows there may be.
    fileprivate func integers(field: String) throws(EstimatorError) -> [Int32] {
        guard let numbers = try array().int32s(field: field) else {
            throw mismatch("records with integers \(field) of at most 32 bits")
        }
        return numbers
    }

    /// One field of an array of records, as floats.
    fileprivate func doubles(field: String) throws(EstimatorError) -> [Double] {
        guard let numbers = try array().doubles(field: field) else { throw mismatch("records with numbers \(field)") }
        return numbers
    }
}
