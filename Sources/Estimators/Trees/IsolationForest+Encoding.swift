import Kernels
public import PickleCodec

extension IsolationForest: EncodableEstimator {
    /// More columns than any model has; the number stands in a file without anything that bears it out.
    private static let maximumColumnCount = 1 << 20

    /// Adds the forest and its trees to a graph.
    public func encode(into encoder: inout EstimatorEncoder) throws(EstimatorError) -> PickleReference {
        let template = addTemplate(to: &encoder)
        let (columns, columnCount) = try addColumns(to: &encoder)
        let lengths = pathLengths ?? trees.map(\.tree.pathLengths)
        guard lengths.count == trees.count else {
            throw encoder.error(.malformed, "it has path lengths of \(lengths.count) trees, and \(trees.count) trees")
        }
        var depths: [PickleReference] = []
        for length in lengths {
            let whole = length.depth.compactMap { Int(exactly: $0) }
            guard whole.count == length.depth.count else {
                throw encoder.error(.malformed, "the depths of a tree's nodes are no whole numbers")
            }
            depths.append(encoder.add(whole))
        }
        var attributes: [EstimatorEncoder.Attribute] = [
            ("estimator", template), ("estimator_", template), ("base_estimator", encoder.add(.string("deprecated"))),
            ("estimator_params", encoder.addTuple([])), ("bootstrap_features", encoder.add(.bool(false))),
            ("oob_score", encoder.add(.bool(false))), ("max_samples_", encoder.add(sampleCount)),
            ("_max_samples", encoder.add(sampleCount)), ("_max_features", encoder.add(columnCount)),
            ("estimators_", try encoder.add(trees)), ("estimators_features_", columns),
            ("_average_path_length_per_tree", encoder.addTuple(lengths.map { encoder.add($0.average) })),
            ("_decision_path_lengths", encoder.addTuple(depths)), ("offset_", encoder.add(.float(offset))),
        ]
        if let sampling { attributes += encoder.attributes(of: sampling) }
        return try encoder.addObject(fit, of: Self.pythonClasses, attributes: attributes)
    }

    /// Adds the columns that each tree sees, and says how many: one array for all trees if they see them all.
    private func addColumns(
        to encoder: inout EstimatorEncoder
    ) throws(EstimatorError) -> (list: PickleReference, count: Int) {
        if let treeFeatures {
            guard treeFeatures.count == trees.count, let first = treeFeatures.first else {
                throw encoder.error(
                    .malformed, "it has columns of \(treeFeatures.count) trees, and \(trees.count) trees")
            }
            return (encoder.addList(treeFeatures.map { encoder.add($0) }), first.count)
        }
        let count = fit.featureCount ?? trees.first?.tree.featureCount ?? 0
        guard (1...Self.maximumColumnCount).contains(count) else {
            throw encoder.error(.malformed, "it has \(count) columns, and not 1 to \(Self.maximumColumnCount)")
        }
        let all = encoder.add(Array(0..<count))
        return (encoder.addList([PickleReference](repeating: all, count: trees.count)), count)
    }

    /// The tree that scikit-learn made all others from: it has the forest's own seed, and no nodes.
    private func addTemplate(to encoder: inout EstimatorEncoder) -> PickleReference {
        let parameters = Parameters(
            of: "ExtraTreeRegressor",
            [
                "max_features": 1, "max_depth": trees.first?.fit.parameters["max_depth"] ?? .null,
                "random_state": fit.parameters["random_state"] ?? .null,
            ])
        return encoder.addObject(PythonName(module: "sklearn.tree._classes", name: "ExtraTreeRegressor"), parameters)
    }
}

extension Tree {
    /// How far a row has come at each node, and how far it would still go on average.
    fileprivate var pathLengths: IsolationForest.PathLengths {
        IsolationForest.PathLengths(
            depth: depths().map(Double.init), average: sampleCount.map { averagePathLength(Int($0)) })
    }
}
