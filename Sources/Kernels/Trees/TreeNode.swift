/// A node of a flattened tree: one comparison, and where to go.
///
/// The two children of a node are neighbours, so the next node is `leftChild`, plus one if the value's key is beyond
/// the threshold's. A leaf is its own left child and no key is beyond its threshold: walking on from a leaf stays
/// there, which lets several walks go on in lockstep without asking which of them has ended.
protocol TreeNode: BitwiseCopyable, Sendable {
    /// The largest index of a node in its tree, and the largest `valueOffset`, that fit.
    static var maximumIndex: Int { get }

    /// The ``OrderKey`` of the largest `Float` that goes left.
    var threshold: UInt32 { get }
    /// Where the compared column starts in a ``LaneBlock``.
    var valueOffset: Int { get }
    /// The left child's index, counted from the tree's root.
    var leftChild: Int { get }

    init(threshold: UInt32, valueOffset: Int, leftChild: Int)
}

/// Eight bytes: trees of up to 65 536 nodes over up to 8 192 features.
struct CompactNode: TreeNode {
    static let maximumIndex = Int(UInt16.max)

    let threshold: UInt32
    private let storedValueOffset: UInt16
    private let storedLeftChild: UInt16

    var valueOffset: Int { Int(storedValueOffset) }
    var leftChild: Int { Int(storedLeftChild) }

    init(threshold: UInt32, valueOffset: Int, leftChild: Int) {
        self.threshold = threshold
        storedValueOffset = UInt16(valueOffset)
        storedLeftChild = UInt16(leftChild)
    }
}

/// Twelve bytes: for everything larger.
struct WideNode: TreeNode {
    static let maximumIndex = Int(Int32.max)

    let threshold: UInt32
    private let storedValueOffset: UInt32
    private let storedLeftChild: UInt32

    var valueOffset: Int { Int(storedValueOffset) }
    var leftChild: Int { Int(storedLeftChild) }

    init(threshold: UInt32, valueOffset: Int, leftChild: Int) {
        self.threshold = threshold
        storedValueOffset = UInt32(valueOffset)
        storedLeftChild = UInt32(leftChild)
    }
}
