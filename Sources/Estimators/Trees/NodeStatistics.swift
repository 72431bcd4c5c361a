import Tensors

/// What fitting noted at each node of a tree and answering does not need.
///
/// Of a pickle it is read when it is asked for: until then it is the nodes as stored, a slice of the file.
public struct NodeStatistics: Sendable {
    private enum Source: Sendable {
        case columns(impurity: [Double], weightedSampleCount: [Double])
        indirect case stored(NDArray)
    }

    private static let impurityField = "impurity"
    private static let weightField = "weighted_n_node_samples"

    private let source: Source

    /// Statistics by node; both columns must be of one length.
    public init(impurity: [Double], weightedSampleCount: [Double]) {
        precondition(impurity.count == weightedSampleCount.count)
        source = .columns(impurity: impurity, weightedSampleCount: weightedSampleCount)
    }

    /// The statistics among stored nodes; nil if they are not there.
    init?(nodes: NDArray) {
        let isDouble = { (name: String) in
            nodes.dtype.fields.contains { $0.name == name && $0.type.kind == .float && $0.type.itemSize == 8 }
        }
        guard isDouble(Self.impurityField), isDouble(Self.weightField) else { return nil }
        source = .stored(nodes)
    }

    /// Per node, the criterion's value for the training rows that reached it.
    public var impurity: [Double] {
        switch source {
        case .columns(let impurity, _): impurity
        case .stored(let nodes): nodes.doubles(field: Self.impurityField) ?? []
        }
    }

    /// Per node, the sum of the weights of the training rows that reached it.
    public var weightedSampleCount: [Double] {
        switch source {
        case .columns(_, let weights): weights
        case .stored(let nodes): nodes.doubles(field: Self.weightField) ?? []
        }
    }
}

extension NodeStatistics: Hashable {
    /// Whether both have the same columns, wherever they come from.
    public static func == (left: NodeStatistics, right: NodeStatistics) -> Bool {
        left.impurity == right.impurity && left.weightedSampleCount == right.weightedSampleCount
    }

    /// Hashes the columns.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(impurity)
        hasher.combine(weightedSampleCount)
    }
}
