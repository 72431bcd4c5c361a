extension TreeEnsemble {
    /// Keys that pass through one tree before the next: with the tree they stay in the first cache level.
    private static let keysPerBlock = 4_096
    /// The same where the trees together do not stay in the second level: each is fetched for more rows, whose keys do.
    private static let keysPerBlockOfLargeEnsembles = 65_536
    /// From how many nodes on an ensemble is large.
    private static let largeNodeCount = 100_000
    /// From how many rows on it pays to send rows in lockstep through a tree, rather than a row through trees.
    private static let fewestRowsInLockstep = 4

    /// Adds each tree's leaf values, in the order of the trees, to the sums of each row.
    ///
    /// Numbers are compared as `Float`, as scikit-learn casts them; NaN is a missing value and goes where the tree
    /// says, right if it does not say.
    ///
    /// - Parameters:
    ///   - rows: `rowCount * featureCount` numbers, row-major.
    ///   - rowCount: how many rows.
    ///   - sums: `rowCount * outputCount` numbers, row-major, to which is added.
    package func addLeafValues(rows: Span<Double>, rowCount: Int, to sums: inout MutableSpan<Double>) {
        precondition(rows.count == rowCount * featureCount && sums.count == rowCount * outputCount)
        switch nodes {
        case .compact(let nodes): add(nodes.span, rows, rowCount, &sums)
        case .wide(let nodes): add(nodes.span, rows, rowCount, &sums)
        }
    }

    private func add<Node: TreeNode>(
        _ nodes: Span<Node>,
        _ rows: Span<Double>,
        _ rowCount: Int,
        _ sums: inout MutableSpan<Double>
    ) {
        let blockSize = max(featureCount, 1) * LaneBlock.lanes
        let keyCount = nodes.count < Self.largeNodeCount ? Self.keysPerBlock : Self.keysPerBlockOfLargeEnsembles
        let blockCount =
            rowCount < Self.fewestRowsInLockstep
            ? 1 : max(min(keyCount / blockSize, (rowCount + LaneBlock.lanes - 1) / LaneBlock.lanes), 1)
        var keys = [UInt32](repeating: 0, count: blockSize * blockCount)
        let rowsAtOnce = rowCount < Self.fewestRowsInLockstep ? 1 : blockCount * LaneBlock.lanes
        var row = 0
        while row < rowCount {
            let batch = row..<min(row + rowsAtOnce, rowCount)
            let hasMissing = fill(&keys, blockSize, rows, batch)
            if hasMissing {
                addWithMissing(nodes, keys.span, blockSize, batch, &sums)
            } else if batch.count == 1 {
                addOneRow(nodes, keys.span, row, &sums)
            } else {
                addInLockstep(nodes, keys.span, blockSize, batch, &sums)
            }
            row = batch.upperBound
        }
    }

    private func fill(_ keys: inout [UInt32], _ blockSize: Int, _ rows: Span<Double>, _ batch: Range<Int>) -> Bool {
        var hasMissing = false
        var span = keys.mutableSpan
        for (block, row) in stride(from: batch.lowerBound, to: batch.upperBound, by: LaneBlock.lanes).enumerated() {
            let count = min(LaneBlock.lanes, batch.upperBound - row)
            let missing = LaneBlock.fill(
                &span,
                at: block * blockSize,
                from: rows,
                firstRow: row,
                rowCount: count,
                featureCount: featureCount
            )
            hasMissing = hasMissing || missing
        }
        return hasMissing
    }

    /// Sends rows through one tree after another, eight at a time.
    private func addInLockstep<Node: TreeNode>(
        _ nodes: Span<Node>,
        _ keys: Span<UInt32>,
        _ blockSize: Int,
        _ batch: Range<Int>,
        _ sums: inout MutableSpan<Double>
    ) {
        for tree in trees {
            let treeNodes = nodes.extracting(tree.root...)
            let treeValues = values.span.extracting((tree.root * valueWidth)...)
            var block = 0
            var row = batch.lowerBound
            while row < batch.upperBound {
                let leaves = walkRows(treeNodes, depth: tree.depth, keys.extracting(block..<block + blockSize))
                addLeaves(
                    leaves,
                    count: min(LaneBlock.lanes, batch.upperBound - row),
                    treeValues,
                    width: valueWidth,
                    to: &sums,
                    first: row * outputCount + tree.column,
                    stride: outputCount
                )
                row += LaneBlock.lanes
                block += blockSize
            }
        }
    }

    /// Sends one row through all trees, several trees at a time.
    private func addOneRow<Node: TreeNode>(
        _ nodes: Span<Node>,
        _ keys: Span<UInt32>,
        _ row: Int,
        _ sums: inout MutableSpan<Double>
    ) {
        var leaves = [Int32](repeating: 0, count: trees.count)
        var leafSpan = leaves.mutableSpan
        walkTrees(nodes, trees.span, order: walkOrder.span, keys, leaves: &leafSpan)
        var rowSums = sums._mutatingExtracting(row * outputCount..<(row + 1) * outputCount)
        addLeaves(leaves.span, of: trees.span, values.span, width: valueWidth, to: &rowSums)
    }

    /// Sends rows with missing values through all trees, one by one.
    private func addWithMissing<Node: TreeNode>(
        _ nodes: Span<Node>,
        _ keys: Span<UInt32>,
        _ blockSize: Int,
        _ batch: Range<Int>,
        _ sums: inout MutableSpan<Double>
    ) {
        let missing = missingGoesLeft.span
        for row in batch {
            let (block, lane) = (row - batch.lowerBound).quotientAndRemainder(dividingBy: LaneBlock.lanes)
            let blockKeys = keys.extracting(block * blockSize..<(block + 1) * blockSize)
            for tree in trees {
                let leaf = walkWithMissing(
                    nodes.extracting(tree.root...),
                    blockKeys,
                    lane: lane,
                    missingGoesLeft: missing.extracting(tree.root...)
                )
                let from = (tree.root + leaf) * valueWidth
                let to = row * outputCount + tree.column
                for offset in 0..<valueWidth { sums[to + offset] += values[from + offset] }
            }
        }
    }
}
