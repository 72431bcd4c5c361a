/// A node of a flattened tree: one comparison, and where to go.
///
/// The two children of a node are neighbours behind it, so the next node is `step` further on, plus one if the value's
/// key is beyond the threshold's: the carry of the comparison goes into one addition. A leaf's step is 0 and no key is
/// beyond its threshold: walking on from a leaf stays there, which lets several walks go on in lockstep without asking
/// which of them has ended. Steps need no root to count from, so a walk keeps nothing but where it is.
protocol TreeNode: BitwiseCopyable, Sendable {
    /// The largest `step` and the largest `valueOffset` that fit.
    static var maximumIndex: Int { get }

    /// The ``OrderKey`` of the largest `Float` that goes left.
    var threshold: UInt32 { get }
    /// Where the compared column starts in a ``LaneBlock``.
    var valueOffset: Int { get }
    /// How many nodes further on the left child lies; 0 in leaves.
    var step: Int { get }

    init(threshold: UInt32, valueOffset: Int, step: Int)
}

/// Eight bytes: trees of up to 65 536 nodes over up to 8 192 features.
struct CompactNode: TreeNode {
    static let maximumIndex = Int(UInt16.max)

    let threshold: UInt32
    private let storedValueOffset: UInt16
    private let storedStep: UInt16

    var valueOffset: Int { Int(storedValueOffset) }
    var step: Int { Int(storedStep) }

    init(threshold: UInt32, valueOffset: Int, step: Int) {
        self.threshold = threshold
        storedValueOffset = UInt16(valueOffset)
        storedStep = UInt16(step)
    }
}

/// Twelve bytes: for everything larger.
struct WideNode: TreeNode {
    static let maximumIndex = Int(Int32.max)

    let threshold: UInt32
    private let storedValueOffset: UInt32
    private let storedStep: UInt32

    var valueOffset: Int { Int(storedValueOffset) }
    var step: Int { Int(storedStep) }

    init(threshold: UInt32, valueOffset: Int, step: Int) {
        self.threshold = threshold
        storedValueOffset = UInt32(valueOffset)
        storedStep = UInt32(step)
    }
}
