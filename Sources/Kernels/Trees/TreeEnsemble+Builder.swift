extension TreeEnsemble {
    /// Collects trees into an ensemble, and refuses what is not a tree.
    package struct Builder {
        /// The most columns a row may have.
        package static let maximumFeatureCount = WideNode.maximumIndex / LaneBlock.lanes

        private let featureCount: Int
        private let outputCount: Int
        private let valueWidth: Int
        private var trees: [Tree] = []
        private var layout: [LaidOutNode] = []
        private var values: [Double] = []
        private var missingGoesLeft: [Bool] = []
        private var largestTree = 0

        /// An ensemble without trees yet.
        ///
        /// - Parameters:
        ///   - featureCount: the number of columns of a row, at most ``maximumFeatureCount``.
        ///   - outputCount: the number of sums per row.
        ///   - valueWidth: how many numbers the leaves of each tree hold.
        package init(featureCount: Int, outputCount: Int, valueWidth: Int) {
            precondition(featureCount >= 0 && featureCount <= Self.maximumFeatureCount)
            self.featureCount = featureCount
            self.outputCount = outputCount
            self.valueWidth = valueWidth
        }

        /// Makes room, so that appending does not copy.
        package mutating func reserveCapacity(nodeCount: Int) {
            layout.reserveCapacity(nodeCount)
            values.reserveCapacity(nodeCount * valueWidth)
            missingGoesLeft.reserveCapacity(nodeCount)
        }

        /// Adds a tree whose values are added to the sums from `column` on.
        ///
        /// - Throws: ``TreeError`` if the nodes are not a tree over the ensemble's features.
        package mutating func append(_ tree: DecisionNodes, column: Int = 0) throws(TreeError) {
            guard column >= 0, column + valueWidth <= outputCount, tree.valueWidth == valueWidth else {
                throw TreeError("the tree's values do not fit the ensemble's outputs")
            }
            try checkLengths(of: tree)
            let root = layout.count
            let depth = try layOut(tree)
            let nodeCount = layout.count - root
            largestTree = max(largestTree, nodeCount)
            trees.append(Tree(root: root, depth: depth, column: column))
        }

        /// The ensemble.
        package consuming func build() -> TreeEnsemble {
            let largestIndex = max(largestTree - 1, (featureCount - 1) * LaneBlock.lanes)
            let fits = largestIndex <= CompactNode.maximumIndex
            return TreeEnsemble(
                featureCount: featureCount,
                outputCount: outputCount,
                valueWidth: valueWidth,
                trees: trees,
                nodes: fits ? .compact(layout.map { $0.node() }) : .wide(layout.map { $0.node() }),
                values: values,
                missingGoesLeft: missingGoesLeft
            )
        }
    }

    /// A validated node before its width is chosen.
    private struct LaidOutNode {
        let threshold: UInt32
        let valueOffset: Int32
        let leftChild: Int32

        func node<Node: TreeNode>() -> Node {
            Node(threshold: threshold, valueOffset: Int(valueOffset), leftChild: Int(leftChild))
        }
    }
}

extension TreeEnsemble.Builder {
    private func checkLengths(of tree: DecisionNodes) throws(TreeError) {
        let count = tree.count
        guard count > 0, count <= WideNode.maximumIndex, tree.rightChild.count == count, tree.feature.count == count,
            tree.threshold.count == count, tree.values.count == count * valueWidth,
            tree.missingGoesLeft.isEmpty || tree.missingGoesLeft.count == count
        else { throw TreeError("the columns of the nodes differ in length") }
    }

    /// Appends the tree's nodes level by level, children side by side, and returns its depth.
    private mutating func layOut(_ tree: DecisionNodes) throws(TreeError) -> Int {
        var order = [0]
        order.reserveCapacity(tree.count)
        var depth = 0
        var endOfLevel = 1
        var position = 0
        while position < order.count {
            if position == endOfLevel {
                depth += 1
                endOfLevel = order.count
            }
            let node = order[position]
            let left = tree.leftChild[node]
            if left < 0 {
                layout.append(.init(threshold: .max, valueOffset: 0, leftChild: Int32(position)))
            } else {
                try check(node, of: tree, reached: order.count)
                layout.append(
                    .init(
                        threshold: OrderKey.threshold(tree.threshold[node]),
                        valueOffset: Int32(tree.feature[node] * LaneBlock.lanes),
                        leftChild: Int32(order.count)
                    )
                )
                order.append(left)
                order.append(tree.rightChild[node])
            }
            values.append(contentsOf: tree.values[node * valueWidth..<(node + 1) * valueWidth])
            missingGoesLeft.append(tree.missingGoesLeft.isEmpty ? false : tree.missingGoesLeft[node])
            position += 1
        }
        return depth
    }

    /// Refuses an inner node whose children or feature do not exist.
    ///
    /// A cycle would be laid out for ever: more nodes reached than there are is enough to see it.
    private func check(_ node: Int, of tree: DecisionNodes, reached: Int) throws(TreeError) {
        let left = tree.leftChild[node]
        let right = tree.rightChild[node]
        guard left > 0, left < tree.count, right > 0, right < tree.count else {
            throw TreeError("node \(node) has children \(left) and \(right) in a tree of \(tree.count) nodes")
        }
        guard reached + 2 <= tree.count else { throw TreeError("a node is reached in more ways than one") }
        guard tree.feature[node] >= 0, tree.feature[node] < featureCount else {
            throw TreeError("node \(node) compares feature \(tree.feature[node]) of \(featureCount)")
        }
        guard !tree.threshold[node].isNaN else { throw TreeError("node \(node) compares with NaN") }
    }
}
