/// A tree as it was grown: every column of scikit-learn's `Tree`, bit for bit, node 0 being the root.
///
/// Nodes come in the order in which they were made, a left child right after its parent. Source: scikit-learn
/// `tree/_tree.pyx`.
public struct GrownTree: Hashable, Sendable {
    /// The `random_state` of the tree, which the forest drew.
    public let seed: UInt32
    /// The number of columns that were split by.
    public let featureCount: Int
    /// Per target the number of classes; 1 for regression.
    public let classCounts: [Int]
    /// The longest way from the root to a leaf.
    public internal(set) var maximumDepth = 0
    /// Per node, the child taken by values up to the threshold; -1 in leaves.
    public internal(set) var leftChild: [Int32] = []
    /// Per node, the other child; -1 in leaves.
    public internal(set) var rightChild: [Int32] = []
    /// Per node, the column compared; -2 in leaves.
    public internal(set) var feature: [Int32] = []
    /// Per node, what the column is compared with; -2 in leaves.
    public internal(set) var threshold: [Double] = []
    /// Per node, the impurity of the rows that reached it.
    public internal(set) var impurity: [Double] = []
    /// Per node, the number of rows that reached it, rows drawn more than once counted once.
    public internal(set) var sampleCount: [Int32] = []
    /// Per node, the weight of these rows.
    public internal(set) var weightedSampleCount: [Double] = []
    /// Per node, whether a missing value goes left.
    public internal(set) var missingGoesLeft: [Bool] = []
    /// Per node, target and class, a mean or a share: `nodeCount * classCounts.count * classWidth` numbers.
    public internal(set) var values: [Double] = []

    /// The number of nodes.
    public var nodeCount: Int { leftChild.count }
    /// The largest number of classes of any target.
    public var classWidth: Int { classCounts.max() ?? 1 }

    init(seed: UInt32, featureCount: Int, classCounts: [Int]) {
        self.seed = seed
        self.featureCount = featureCount
        self.classCounts = classCounts
    }

    /// Adds a leaf, or a node whose children will be added; its parent learns of it.
    mutating func append(_ split: NodeSplit?, of node: PendingNode, impurity: Double, weight: Double) {
        let index = Int32(nodeCount)
        if node.isLeft {
            leftChild[node.parent] = index
        } else if node.parent >= 0 {
            rightChild[node.parent] = index
        }
        leftChild.append(-1)
        rightChild.append(-1)
        feature.append(split?.feature ?? -2)
        threshold.append(split?.threshold ?? -2)
        missingGoesLeft.append(split?.missingGoesLeft ?? false)
        self.impurity.append(impurity)
        sampleCount.append(Int32(node.range.count))
        weightedSampleCount.append(weight)
        maximumDepth = max(maximumDepth, node.depth)
    }
}

/// A node that is still to be made.
struct PendingNode: Sendable {
    /// Its rows, as places among the rows of the tree.
    let range: Range<Int>
    /// How many nodes are above it.
    let depth: Int
    /// Its parent's index; negative for the root.
    let parent: Int
    /// Whether it is its parent's left child.
    let isLeft: Bool
    /// Its impurity, as its parent's split computed it; nil for the root.
    let impurity: Double?
    /// How many features its parent knew to be constant.
    let constantCount: Int
}

/// How a node is split.
struct NodeSplit: Sendable {
    let feature: Int32
    let threshold: Double
    let missingGoesLeft: Bool
    /// How many rows go left.
    let leftCount: Int
    /// The decrease of impurity, weighted by the node's share of all rows.
    let improvement: Double
    let leftImpurity: Double
    let rightImpurity: Double
}
