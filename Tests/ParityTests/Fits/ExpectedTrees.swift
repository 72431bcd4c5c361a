import Foundation
import Training

/// The trees that scikit-learn grew.
struct ExpectedTrees {
    /// A difference in one of the nodes' columns.
    struct Difference {
        let column: String
        let example: String
    }

    /// The nodes of a tree, one row a node.
    struct Nodes {
        let count: Int
        /// Left and right child, feature, sample count, whether a missing value goes left.
        let integers: ArraySlice<Int64>
        /// Threshold, impurity, weight.
        let floats: ArraySlice<Double>
        let values: ArraySlice<Double>
    }

    let trees: [Nodes]
    /// How many values a node has.
    let valueWidth: Int

    init(_ forest: FitManifest.Forest, in folder: URL) throws {
        let integers = try NumpyFile(folder.appending(path: forest.integers)).integers()
        let floats = try NumpyFile(folder.appending(path: forest.floats)).doubles()
        let values = try NumpyFile(folder.appending(path: forest.values)).doubles()
        let width = forest.classCounts.count * (forest.classCounts.max() ?? 1)
        valueWidth = width
        var first = 0
        trees = forest.nodeCounts.map { count in
            defer { first += count }
            let last = first + count
            return Nodes(
                count: count, integers: integers[first * 5..<last * 5], floats: floats[first * 3..<last * 3],
                values: values[first * width..<last * width])
        }
    }
}

extension ExpectedTrees.Nodes {
    /// Where a grown tree has other bits, at most once a column.
    func differences(from tree: GrownTree, width: Int) -> [ExpectedTrees.Difference] {
        guard tree.nodeCount == count else {
            let nodes = min(tree.nodeCount, count)
            let first = (0..<nodes).first { integer($0, 2) != Int64(tree.feature[$0]) } ?? nodes
            return [.init(column: "nodes", example: "\(tree.nodeCount) nodes, not \(count), from \(first) on")]
        }
        let columns: [(String, (Int) -> Bool)] = [
            ("left child", { integer($0, 0) == Int64(tree.leftChild[$0]) }),
            ("right child", { integer($0, 1) == Int64(tree.rightChild[$0]) }),
            ("feature", { integer($0, 2) == Int64(tree.feature[$0]) }),
            ("sample count", { integer($0, 3) == Int64(tree.sampleCount[$0]) }),
            ("missing goes left", { (integer($0, 4) != 0) == tree.missingGoesLeft[$0] }),
            ("threshold", { isSame(float($0, 0), tree.threshold[$0]) }),
            ("impurity", { isSame(float($0, 1), tree.impurity[$0]) }),
            ("weight", { isSame(float($0, 2), tree.weightedSampleCount[$0]) }),
            (
                "values",
                { node in
                    (node * width..<(node + 1) * width).allSatisfy {
                        isSame(values[values.startIndex + $0], tree.values[$0])
                    }
                }
            ),
        ]
        return columns.compactMap { name, isEqual in
            (0..<count).first { !isEqual($0) }.map { .init(column: name, example: "node \($0) of \(count)") }
        }
    }

    private func integer(_ node: Int, _ column: Int) -> Int64 { integers[integers.startIndex + node * 5 + column] }

    private func float(_ node: Int, _ column: Int) -> Double { floats[floats.startIndex + node * 3 + column] }

    private func isSame(_ one: Double, _ other: Double) -> Bool {
        one.bitPattern == other.bitPattern || (one.isNaN && other.isNaN)
    }
}
