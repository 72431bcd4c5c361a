/// The order in which a tree's nodes are stored, so that a walk touches few cache lines.
///
/// Siblings are neighbours. A line of four sibling pairs is filled from the top pair down, each time with the pair
/// under those in the line that most training rows reached; what is left over begins later lines. A walk then takes
/// about two and a half steps a line, where level by level each deep step would touch a line of its own.
struct NodeLayout {
    /// Nodes of eight bytes in a cache line.
    static let slotsPerLine = 8

    /// Slots that a tree takes: its nodes and the root's missing sibling, in whole lines.
    static func slotCount(nodeCount: Int) -> Int { (nodeCount / slotsPerLine + 1) * slotsPerLine }

    /// Two sibling nodes that are not placed yet.
    private struct Pair {
        let parentSlot: Int32
        let level: Int32
        let sampleCount: Int32
    }

    /// Per slot, the node stored there; -1 where no walk comes.
    private(set) var order: [Int32] = []
    /// Per slot, that of the node's left child; the slot itself in leaves.
    private(set) var leftSlot: [Int32] = []
    /// The longest way from the root to a leaf, in comparisons.
    private(set) var depth = 0
    /// Pairs that begin later lines, in the order in which they were left over.
    private var waiting: [Pair] = []
    /// Pairs whose parents are in the line being filled.
    private var near: [Pair] = []

    /// Lays out a tree in the place of the one before.
    ///
    /// - Throws: ``TreeError`` if the nodes are not a tree over `featureCount` columns.
    mutating func layOut(_ tree: DecisionNodes, featureCount: Int) throws(TreeError) {
        restart(slotCount: Self.slotCount(nodeCount: tree.count))
        store(0, 0, level: 0, of: tree)
        store(-1, 1, level: 0, of: tree)
        var next = 0
        while true {
            if order.count % Self.slotsPerLine == 0 {
                waiting.append(contentsOf: near)
                near.removeAll(keepingCapacity: true)
            }
            if near.isEmpty {
                guard next < waiting.count else { break }
                near.append(waiting[next])
                next += 1
            }
            try place(takeMostVisited(), of: tree, featureCount)
        }
        while order.count % Self.slotsPerLine != 0 { store(-1, Int32(order.count), level: 0, of: tree) }
    }

    private mutating func restart(slotCount: Int) {
        order.removeAll(keepingCapacity: true)
        leftSlot.removeAll(keepingCapacity: true)
        waiting.removeAll(keepingCapacity: true)
        near.removeAll(keepingCapacity: true)
        order.reserveCapacity(slotCount)
        leftSlot.reserveCapacity(slotCount)
        depth = 0
    }

    private mutating func takeMostVisited() -> Pair {
        var best = 0
        for index in near.indices where near[index].sampleCount > near[best].sampleCount { best = index }
        near.swapAt(best, near.count - 1)
        return near.removeLast()
    }

    private mutating func place(_ pair: Pair, of tree: DecisionNodes, _ featureCount: Int) throws(TreeError) {
        let parent = Int(order[Int(pair.parentSlot)])
        try tree.checkSplit(at: parent, featureCount: featureCount)
        // A cycle would be laid out for ever: more nodes placed than there are is enough to see it. One slot is empty.
        guard order.count + 2 <= tree.count + 1 else {
            throw TreeError("a node is reached in more ways than one")
        }
        let slot = Int32(order.count)
        leftSlot[Int(pair.parentSlot)] = slot
        depth = max(depth, Int(pair.level))
        store(tree.leftChild[parent], slot, level: pair.level, of: tree)
        store(tree.rightChild[parent], slot + 1, level: pair.level, of: tree)
    }

    /// Gives a node the next slot and remembers its children.
    private mutating func store(_ node: Int32, _ slot: Int32, level: Int32, of tree: DecisionNodes) {
        order.append(node)
        leftSlot.append(slot)
        guard node >= 0, tree.leftChild[Int(node)] >= 0 else { return }
        near.append(Pair(parentSlot: slot, level: level + 1, sampleCount: tree.sampleCount[Int(node)]))
    }
}
