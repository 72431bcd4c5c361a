import Tensors

extension TreeEnsemble {
    /// Collects trees into an ensemble, and refuses what is not a tree.
    package struct Builder {
        /// The most columns a row may have.
        package static let maximumFeatureCount = WideNode.maximumIndex / LaneBlock.lanes

        private let featureCount: Int
        private let outputCount: Int
        private let valueWidth: Int
        private let largestNodeCount: Int
        private var trees: [Tree] = []
        private var nodes: Nodes
        private var layout = NodeLayout()
        private var values: [Double]
        private var missingGoesLeft: [Bool] = []

        /// An ensemble without trees yet.
        ///
        /// - Parameters:
        ///   - featureCount: the number of columns of a row, at most ``maximumFeatureCount``.
        ///   - outputCount: the number of sums per row.
        ///   - valueWidth: how many numbers the leaves of each tree hold.
        ///   - nodeCounts: how many nodes each of the trees has that will be appended.
        package init(featureCount: Int, outputCount: Int, valueWidth: Int, nodeCounts: [Int]) {
            precondition(featureCount >= 0 && featureCount <= Self.maximumFeatureCount)
            self.featureCount = featureCount
            self.outputCount = outputCount
            self.valueWidth = valueWidth
            largestNodeCount = nodeCounts.max() ?? 0
            let slotCount = nodeCounts.map(NodeLayout.slotCount).reduce(NodeLayout.slotsPerLine, +)
            let largestIndex = max(
                NodeLayout.slotCount(nodeCount: largestNodeCount) - 1, (featureCount - 1) * LaneBlock.lanes)
            nodes = Nodes(capacity: slotCount, largestIndex: largestIndex)
            values = LargePages.array(capacity: slotCount * valueWidth)
            missingGoesLeft.reserveCapacity(slotCount)
            for _ in 0..<nodes.count {
                values.append(contentsOf: repeatElement(0, count: valueWidth))
                missingGoesLeft.append(false)
            }
        }

        /// Adds a tree whose values are added to the sums from `column` on.
        ///
        /// - Throws: ``TreeError`` if the nodes are not a tree over the ensemble's features.
        package mutating func append(_ tree: DecisionNodes, column: Int = 0) throws(TreeError) {
            guard column >= 0, column + valueWidth <= outputCount, tree.valueWidth == valueWidth else {
                throw TreeError("the tree's values do not fit the ensemble's outputs")
            }
            try tree.checkLengths()
            precondition(tree.count <= largestNodeCount, "a tree larger than was announced")
            try layout.layOut(tree, featureCount: featureCount)
            trees.append(Tree(root: nodes.count, depth: layout.depth, column: column))
            nodes.append(tree, layout)
            for node in layout.order { appendAnswer(ofNode: Int(node), of: tree) }
        }

        /// Appends what a node holds besides its comparison; zeros for a slot without a node.
        private mutating func appendAnswer(ofNode node: Int, of tree: DecisionNodes) {
            if node < 0 {
                values.append(contentsOf: repeatElement(0, count: valueWidth))
            } else if valueWidth == 1 {
                values.append(tree.values[node])
            } else {
                values.append(contentsOf: tree.values[node * valueWidth..<(node + 1) * valueWidth])
            }
            missingGoesLeft.append(node < 0 || tree.missingGoesLeft.isEmpty ? false : tree.missingGoesLeft[node])
        }

        /// The ensemble.
        package consuming func build() -> TreeEnsemble {
            TreeEnsemble(
                featureCount: featureCount,
                outputCount: outputCount,
                valueWidth: valueWidth,
                trees: trees,
                walkOrder: trees.indices.sorted { trees[$0].depth < trees[$1].depth }.map(Int32.init),
                nodes: nodes,
                values: values,
                missingGoesLeft: missingGoesLeft
            )
        }
    }
}
