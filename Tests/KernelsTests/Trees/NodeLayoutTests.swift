import Testing
import TestSupport

@testable import Kernels

@Suite("Layout of nodes")
struct NodeLayoutTests {
    @Test("Every node has one slot, siblings are neighbours, and walks find the leaves of the tree", arguments: 0..<40)
    func drawnTrees(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let tree = DecisionNodes.drawn(splits: Int(seed) * 7, featureCount: 5, using: &generator)
        var layout = NodeLayout()
        try layout.layOut(tree, featureCount: 5)
        #expect(layout.order.count == NodeLayout.slotCount(nodeCount: tree.count))
        #expect(layout.order.filter { $0 >= 0 }.sorted() == (0..<Int32(tree.count)).map(\.self))
        for (slot, node) in layout.order.enumerated() where node >= 0 && tree.leftChild[Int(node)] >= 0 {
            let left = Int(layout.leftSlot[slot])
            #expect(left % 2 == 0)
            #expect(layout.order[left] == tree.leftChild[Int(node)])
            #expect(layout.order[left + 1] == tree.rightChild[Int(node)])
        }
        var builder = TreeEnsemble.Builder(featureCount: 5, outputCount: 1, valueWidth: 1, nodeCounts: [tree.count])
        try builder.append(tree)
        let ensemble = builder.build()
        for rowCount in [1, 2, 9] {
            let rows = (0..<rowCount * 5).map { _ in Double(Int.random(in: -3...3, using: &generator)) }
            var sums = [Double](repeating: 0, count: rowCount)
            var span = sums.mutableSpan
            ensemble.addLeafValues(rows: rows.span, rowCount: rowCount, to: &span)
            #expect(sums == (0..<rowCount).map { tree.leafValue(of: Array(rows[$0 * 5..<($0 + 1) * 5])) })
        }
    }

    @Test("The child that more rows reached is in its parent's line")
    func visitedFirst() throws {
        // A chain to the right: each split sends one row left and all others right.
        let splits: Int32 = 20
        var chain = DecisionNodes.leaf(sampleCount: 2 * splits)
        for split in 0..<splits { chain.split(2 * split, sampleCounts: (1, 2 * splits - split - 1)) }
        var layout = NodeLayout()
        try layout.layOut(chain, featureCount: 1)
        let slots = Dictionary(uniqueKeysWithValues: layout.order.enumerated().map { ($1, $0) }.filter { $0.0 >= 0 })
        let lines = stride(from: 0, through: 2 * splits, by: 2).compactMap { slots[$0] }.map { $0 / 8 }
        // A step a pair, four pairs a line; the root is alone in its own.
        #expect(Set(lines).count == (Int(splits) + 1 + 3) / 4)
    }

    @Test("A cycle is refused", arguments: [1, 0] as [Int32])
    func cycle(child: Int32) {
        var nodes = DecisionNodes.leaf(sampleCount: 8)
        nodes.split(0, sampleCounts: (4, 4))
        nodes.split(1, sampleCounts: (2, 2))
        nodes.leftChild[1] = child
        var layout = NodeLayout()
        #expect(throws: TreeError.self) { try layout.layOut(nodes, featureCount: 1) }
    }
}

extension DecisionNodes {
    /// A tree of one leaf.
    fileprivate static func leaf(sampleCount: Int32) -> DecisionNodes {
        DecisionNodes(
            leftChild: [-1], rightChild: [-1], feature: [-2], threshold: [-2], sampleCount: [sampleCount],
            values: [0], valueWidth: 1)
    }

    /// Makes a leaf a split over two new leaves.
    fileprivate mutating func split(
        _ node: Int32, feature: Int32 = 0, threshold: Double = 0, sampleCounts: (Int32, Int32)
    ) {
        let index = Int(node)
        (leftChild[index], rightChild[index]) = (Int32(count), Int32(count) + 1)
        (self.feature[index], self.threshold[index]) = (feature, threshold)
        for samples in [sampleCounts.0, sampleCounts.1] {
            leftChild.append(-1)
            rightChild.append(-1)
            self.feature.append(-2)
            self.threshold.append(-2)
            sampleCount.append(samples)
            values.append(Double(values.count))
        }
    }

    /// A tree of so many splits at drawn leaves.
    fileprivate static func drawn(
        splits: Int, featureCount: Int32, using generator: inout SeededGenerator
    ) -> DecisionNodes {
        var tree = leaf(sampleCount: 1_000)
        for _ in 0..<splits {
            let leaves = tree.leftChild.indices.filter { tree.leftChild[$0] < 0 }
            let leaf = leaves[Int.random(in: leaves.indices, using: &generator)]
            let samples = tree.sampleCount[leaf]
            let left = Int32.random(in: 0...samples, using: &generator)
            tree.split(
                Int32(leaf),
                feature: Int32.random(in: 0..<featureCount, using: &generator),
                threshold: Double(Int.random(in: -3...3, using: &generator)),
                sampleCounts: (left, samples - left)
            )
        }
        return tree
    }

    /// The value of the leaf that a row reaches, by the definition.
    fileprivate func leafValue(of row: [Double]) -> Double {
        var node = 0
        while leftChild[node] >= 0 {
            node = Int(row[Int(feature[node])] <= threshold[node] ? leftChild[node] : rightChild[node])
        }
        return values[node]
    }
}
