// The innermost loops. Each is its own function, never inlined, so that its code does not change with its caller.
//
// Why unchecked reads are sound here: `TreeEnsemble.Builder` has proved that every inner node's children lie within the
// tree and that its value offset lies within a block; a leaf's next node is itself.

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
            cursors[lane] = node.leftChild &+ (node.threshold < key ? 1 : 0)
        }
    }
    return cursors
}

/// The leaves that the first row of a block reaches in eight neighbouring trees, counted from each one's root.
///
/// Where fewer than eight trees are left, the last one is walked again.
@inline(never)
func walkTrees<Node: TreeNode>(
    _ nodes: Span<Node>,
    _ trees: Span<TreeEnsemble.Tree>,
    firstTree: Int,
    _ block: Span<UInt32>
) -> InlineArray<8, Int> {
    precondition(firstTree >= 0 && firstTree < trees.count)
    var cursors = InlineArray<8, Int>(repeating: 0)
    var roots = InlineArray<8, Int>(repeating: 0)
    var depth = 0
    for lane in 0..<8 {
        let tree = unsafe trees[unchecked: min(firstTree &+ lane, trees.count &- 1)]
        roots[lane] = tree.root
        depth = max(depth, tree.depth)
    }
    for _ in 0..<depth {
        for lane in 0..<8 {
            let node = unsafe nodes[unchecked: roots[lane] &+ cursors[lane]]
            let key = unsafe block[unchecked: node.valueOffset]
            cursors[lane] = node.leftChild &+ (node.threshold < key ? 1 : 0)
        }
    }
    return cursors
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

/// Adds the values of the leaves that one row reached in up to eight neighbouring trees, in the order of the trees.
///
/// - Parameters:
///   - leaves: the leaf in each tree, counted from its root.
///   - trees: these trees.
///   - values: the values of all nodes, `width` a node.
///   - sums: the row's sums.
@inline(never)
func addLeaves(
    _ leaves: InlineArray<8, Int>,
    of trees: Span<TreeEnsemble.Tree>,
    _ values: Span<Double>,
    width: Int,
    to sums: inout MutableSpan<Double>
) {
    precondition(trees.count <= 8 && !trees.isEmpty)
    let column = trees[0].column
    var areAlike = true
    for lane in trees.indices { areAlike = unsafe areAlike && trees[unchecked: lane].column == column }
    if areAlike {
        precondition(column >= 0 && column + width <= sums.count)
        // Sum by sum, so that each stays in a register while the trees add to it.
        for offset in 0..<width {
            var sum = unsafe sums[unchecked: column &+ offset]
            for lane in trees.indices {
                let leaf = unsafe trees[unchecked: lane].root &+ leaves[lane]
                sum += unsafe values[unchecked: leaf &* width &+ offset]
            }
            unsafe sums[unchecked: column &+ offset] = sum
        }
        return
    }
    for lane in trees.indices {
        let tree = trees[lane]
        for offset in 0..<width {
            sums[tree.column &+ offset] += unsafe values[unchecked: (tree.root &+ leaves[lane]) &* width &+ offset]
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
        if node.leftChild == cursor { return cursor }
        let key = block[node.valueOffset + lane]
        let goesRight = key == OrderKey.missing ? !missingGoesLeft[cursor] : node.threshold < key
        cursor = node.leftChild + (goesRight ? 1 : 0)
    }
}
