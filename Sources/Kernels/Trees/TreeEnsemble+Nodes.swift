import Tensors

extension TreeEnsemble {
    /// The nodes of all trees, as small as their numbers allow.
    enum Nodes: Sendable {
        case compact([CompactNode])
        case wide([WideNode])

        /// No nodes yet but the few that put the next one at the start of a cache line.
        ///
        /// - Parameters:
        ///   - capacity: how many there will be.
        ///   - largestIndex: the largest number that a node must hold.
        init(capacity: Int, largestIndex: Int) {
            self =
                largestIndex <= CompactNode.maximumIndex
                ? .compact(Self.aligned(capacity: capacity)) : .wide(Self.aligned(capacity: capacity))
        }

        /// How many nodes there are.
        var count: Int {
            switch self {
            case .compact(let nodes): nodes.count
            case .wide(let nodes): nodes.count
            }
        }

        /// Appends the nodes of a validated tree in the order of its layout.
        mutating func append(_ tree: DecisionNodes, _ layout: NodeLayout) {
            // Taken out of the enumeration meanwhile, since two owners would mean a copy.
            switch self {
            case .compact(var nodes):
                self = .compact([])
                Self.append(tree, layout, to: &nodes)
                self = .compact(nodes)
            case .wide(var nodes):
                self = .wide([])
                Self.append(tree, layout, to: &nodes)
                self = .wide(nodes)
            }
        }

        private static func append<Node: TreeNode>(_ tree: DecisionNodes, _ layout: NodeLayout, to nodes: inout [Node])
        {
            for (slot, node) in layout.order.enumerated() {
                let step = Int(layout.leftSlot[slot]) - slot
                if step == 0 {
                    nodes.append(Node(threshold: .max, valueOffset: 0, step: 0))
                } else {
                    nodes.append(
                        Node(
                            threshold: OrderKey.threshold(tree.threshold[Int(node)]),
                            valueOffset: Int(tree.feature[Int(node)]) * LaneBlock.lanes,
                            step: step
                        )
                    )
                }
            }
        }

        private static func aligned<Node: TreeNode>(capacity: Int) -> [Node] {
            var nodes: [Node] = LargePages.array(capacity: capacity)
            let lineSize = NodeLayout.slotsPerLine * MemoryLayout<CompactNode>.stride
            let start = unsafe nodes.withUnsafeBufferPointer { Int(bitPattern: $0.baseAddress) }
            let filler = (lineSize - start % lineSize) % lineSize / MemoryLayout<Node>.stride
            for _ in 0..<filler { nodes.append(Node(threshold: .max, valueOffset: 0, step: 0)) }
            return nodes
        }
    }
}
