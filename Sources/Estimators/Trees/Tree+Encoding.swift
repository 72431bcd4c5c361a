import PickleCodec
import Tensors

extension Tree {
    /// A node as scikit-learn 1.3 to 1.9 stores it; they refuse any other.
    ///
    /// Source: scikit-learn `tree/_tree.pxd`, `Node`, and `_tree.pyx`, `NODE_DTYPE`.
    private static let nodeType = DType(
        kind: .record([
            DType.Field(name: "left_child", type: .int64, offset: 0),
            DType.Field(name: "right_child", type: .int64, offset: 8),
            DType.Field(name: "feature", type: .int64, offset: 16),
            DType.Field(name: "threshold", type: .float64, offset: 24),
            DType.Field(name: "impurity", type: .float64, offset: 32),
            DType.Field(name: "n_node_samples", type: .int64, offset: 40),
            DType.Field(name: "weighted_n_node_samples", type: .float64, offset: 48),
            DType.Field(name: "missing_go_to_left", type: DType(kind: .unsignedInteger, itemSize: 1), offset: 56),
        ]), itemSize: 64)

    /// Adds the tree to a graph: a call with the counts, and a state with the arrays.
    ///
    /// - Parameter holdsClassCounts: whether nodes hold the weight of each class, as up to scikit-learn 1.3, where they
    ///   are to hold its share.
    func encode(into encoder: inout EstimatorEncoder, holdsClassCounts: Bool) throws(EstimatorError) -> PickleReference
    {
        guard let statistics else {
            throw encoder.error(.unsupportedSetting, "nothing is known of the impurity and the weight of its nodes")
        }
        let shape = [nodeCount, classCounts.count, classWidth]
        let lengths = [
            rightChild.count, feature.count, threshold.count, sampleCount.count, statistics.impurity.count,
            missingGoesLeft.isEmpty ? nodeCount : missingGoesLeft.count,
        ]
        guard lengths.allSatisfy({ $0 == nodeCount }), values.count == shape.reduce(1, *) else {
            throw encoder.error(.malformed, "the columns of its \(nodeCount) nodes are not of one length")
        }
        let values = holdsClassCounts ? shares(of: statistics.weightedSampleCount) : values
        let name = PythonName(module: "sklearn.tree._tree", name: "Tree")
        let arguments = [
            encoder.add(featureCount), encoder.add(classCounts), encoder.add(classCounts.count),
        ]
        var object = PickledObject(
            construction: .call, callable: encoder.add(.global(name)), arguments: encoder.addTuple(arguments))
        object.state = encoder.builder.addDictionary([
            ("max_depth", encoder.add((depths().max() ?? 1) - 1)),
            ("node_count", encoder.add(nodeCount)),
            ("nodes", encoder.add(.array(nodes(statistics)))),
            ("values", encoder.add(.array(NDArray(values, shape: shape)))),
        ])
        return encoder.add(.object(object))
    }

    /// The nodes as records, each of which is eight words.
    private func nodes(_ statistics: NodeStatistics) -> NDArray {
        let impurity = statistics.impurity
        let weights = statistics.weightedSampleCount
        var words: [UInt64] = []
        words.reserveCapacity(8 * nodeCount)
        for node in 0..<nodeCount {
            for number in [leftChild[node], rightChild[node], feature[node]] { words.append(Self.word(number)) }
            words.append(threshold[node].bitPattern)
            words.append(impurity[node].bitPattern)
            words.append(Self.word(sampleCount[node]))
            words.append(weights[node].bitPattern)
            words.append(!missingGoesLeft.isEmpty && missingGoesLeft[node] ? 1 : 0)
        }
        return NDArray(words: words, dtype: Self.nodeType, shape: [nodeCount])
    }

    private static func word(_ number: Int32) -> UInt64 { UInt64(bitPattern: Int64(number)) }

    /// What the nodes hold as shares of the weight that reached them.
    private func shares(of weights: [Double]) -> [Double] {
        let width = classCounts.count * classWidth
        return values.indices.map { values[$0] / weights[$0 / width] }
    }
}
