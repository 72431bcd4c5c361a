// The innermost loops. Each is its own function, never inlined, so that its code does not change with its caller.
//
// Why unchecked reads are sound here: `TreeEnsemble.Builder` has proved that every inner node's children lie within the
// tree and that its value offset lies within a block; a leaf's step is 0.

/// The leaves that the eight rows of a block reach in one tree, counted from its root.
///
/// - Parameters:
///   - tree: the nodes from the tree's root on.
///   - depth: the longest way from the root to a leaf, in comparisons.
///   - block: the rows, as ``LaneBlock`` lays them out.
@inline(never)
func walkRows<Node: TreeNode>(_ tree: Span<Node>, depth: Int, _ block: Span<UInt32>) -> InlineArray<8, Int> {
    var cursors = InlineArray<8, Int>(repeating: 0)
    for _ in 0..<depth {
        for lane in 0..<8 {
            let node = unsafe tree[unchecked: cursors[lane]]
            let key = unsafe block[unchecked: node.valueOffset &+ lane]
            cursors[lane] = cursors[lane] &+ node.step &+ (node.threshold < key ? 1 : 0)
        }
    }
    return cursors
}

/// The leaves that the first row of a block reaches in all trees.
///
/// Twelve trees at a time: a step waits for a node from the second level of the cache, and so many waits overlap before
/// the places of the walks fill the registers.
///
/// - Parameters:
///   - order: the trees' indices, those of like depth behind each other.
///   - leaves: set to the leaf in each tree, counted from the first node of all, in the order of the trees.
@inline(never)
func walkTrees<Node: TreeNode>(
    _ nodes: Span<Node>,
    _ trees: Span<TreeEnsemble.Tree>,
    order: Span<Int32>,
    _ block: Span<UInt32>,
    leaves: inout MutableSpan<Int32>
) {
    precondition(order.count == trees.count && leaves.count == trees.count)
    var first = 0
    while first < trees.count {
        var cursors = InlineArray<12, Int>(repeating: 0)
        var depth = 0
        for lane in cursors.indices {
            // Where fewer trees are left, the last one is walked again.
            let tree = unsafe trees[unchecked: Int(order[unchecked: min(first &+ lane, trees.count &- 1)])]
            cursors[lane] = tree.root
            depth = max(depth, tree.depth)
        }
        for _ in 0..<depth {
            for lane in cursors.indices {
                let node = unsafe nodes[unchecked: cursors[lane]]
                let key = unsafe block[unchecked: node.valueOffset]
                cursors[lane] = cursors[lane] &+ node.step &+ (node.threshold < key ? 1 : 0)
            }
        }
        for lane in cursors.indices {
            let tree = unsafe Int(order[unchecked: min(first &+ lane, trees.count &- 1)])
            unsafe leaves[unchecked: tree] = Int32(truncatingIfNeeded: cursors[lane])
        }
        first &+= cursors.count
    }
}

/// Adds the values of up to eight leaves to the sums of as many neighbouring rows.
///
/// - Parameters:
///   - leaves: the leaf of each row, counted from the tree's root.
///   - count: how many of them.
///   - values: the values of the tree's nodes, `width` a node, from its root on.
///   - first: where the first row's sums begin; those of the next begin `stride` further.
@inline(never)
func addLeaves(
    _ leaves: InlineArray<8, Int>,
    count: Int,
    _ values: Span<Double>,
    width: Int,
    to sums: inout MutableSpan<Double>,
    first: Int,
    stride: Int
) {
    precondition(count <= 8 && first >= 0 && first + (count - 1) * stride + width <= sums.count)
    if width == 1 {
        for lane in 0..<count {
            unsafe sums[unchecked: first &+ lane &* stride] += unsafe values[unchecked: leaves[lane]]
        }
        return
    }
    for lane in 0..<count {
        let leaf = unsafe values.extracting(unchecked: leaves[lane] &* width..<(leaves[lane] &+ 1) &* width)
        let sum = first &+ lane &* stride
        for offset in 0..<width { unsafe sums[unchecked: sum &+ offset] += unsafe leaf[unchecked: offset] }
    }
}

/// Adds the values of the leaves that one row reached to its sums, in the order of the trees.
///
/// - Parameters:
///   - leaves: the leaf in each tree, counted from the first node of all.
///   - values: the values of all nodes, `width` a node.
///   - sums: the row's sums.
@inline(never)
func addLeaves(
    _ leaves: Span<Int32>,
    of trees: Span<TreeEnsemble.Tree>,
    _ values: Span<Double>,
    width: Int,
    to sums: inout MutableSpan<Double>
) {
    precondition(leaves.count == trees.count)
    if width == sums.count {
        // All trees add to all sums: sum by sum, so that each stays in a register meanwhile.
        for offset in 0..<width {
            var sum = sums[offset]
            for tree in leaves.indices {
                sum += unsafe values[unchecked: Int(leaves[unchecked: tree]) &* width &+ offset]
            }
            sums[offset] = sum
        }
        return
    }
    for tree in leaves.indices {
        let column = trees[tree].column
        for offset in 0..<width {
            sums[column &+ offset] += unsafe values[unchecked: Int(leaves[unchecked: tree]) &* width &+ offset]
        }
    }
}

/// The leaf that one row of a block reaches in one tree, some of its values being missing.
///
/// - Parameter lane: the row's place in the block.
func walkWithMissing<Node: TreeNode>(
    _ tree: Span<Node>,
    _ block: Span<UInt32>,
    lane: Int,
    missingGoesLeft: Span<Bool>
) -> Int {
    var cursor = 0
    while true {
        let node = tree[cursor]
        if node.step == 0 { return cursor }
        let key = block[node.valueOffset + lane]
        let goesRight = key == OrderKey.missing ? !missingGoesLeft[cursor] : node.threshold < key
        cursor += node.step + (goesRight ? 1 : 0)
    }
}
