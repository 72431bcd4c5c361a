public import PickleCodec

extension Forest: EncodableEstimator {
    /// Adds the forest and its trees to a graph.
    public func encode(into encoder: inout EstimatorEncoder) throws(EstimatorError) -> PickleReference {
        let template = encoder.addObject(try treeClass(encoder), Parameters(of: try treeClass(encoder).name))
        var attributes: [EstimatorEncoder.Attribute] = [
            ("estimator", template), ("estimator_", template), ("base_estimator", encoder.add(.string("deprecated"))),
            ("estimator_params", encoder.addTreeParameterNames()), ("n_outputs_", encoder.add(task.targetCount)),
        ]
        switch task {
        case .regression: attributes.append(("class_weight", encoder.addNone()))
        case .classification(let targets):
            let counts = targets.map { encoder.add($0.count) }
            attributes.append(("classes_", try encoder.add(targets)))
            attributes.append(("n_classes_", counts.count == 1 ? counts[0] : encoder.addList(counts)))
        }
        if let sampling {
            attributes += encoder.attributes(of: sampling)
            attributes.append(("_n_samples_bootstrap", encoder.add(sampling.drawnCount)))
        }
        attributes.append(("estimators_", try encoder.add(trees)))
        return try encoder.addObject(fit, of: Self.pythonClasses, attributes: attributes)
    }

    /// The class of the trees.
    private func treeClass(_ encoder: EstimatorEncoder) throws(EstimatorError) -> PythonName {
        let kind = fit.className.hasPrefix("ExtraTrees") ? "ExtraTree" : "DecisionTree"
        let name = kind + (fit.className.hasSuffix("Classifier") ? "Classifier" : "Regressor")
        for member in trees where member.fit.className != name {
            throw encoder.error(.malformed, "a tree is a \(member.fit.className), not a \(name)")
        }
        return DecisionTree.pythonClasses.first { $0.name == name } ?? DecisionTree.pythonClasses[0]
    }
}

extension EstimatorEncoder {
    /// Adds the trees of an ensemble.
    mutating func add(_ trees: [DecisionTree]) throws(EstimatorError) -> PickleReference {
        var members: [PickleReference] = []
        for (index, tree) in trees.enumerated() { members.append(try add(tree, at: ".estimators_[\(index)]")) }
        return addList(members)
    }

    /// What tells scikit-learn which rows each tree saw.
    mutating func attributes(of sampling: RowSampling) -> [Attribute] {
        var attributes: [Attribute] = [
            ("_n_samples", add(sampling.rowCount)), ("_sample_weight", add(sampling.weights)),
        ]
        if let seeds = sampling.seeds { attributes.append(("_seeds", add(seeds))) }
        return attributes
    }

    /// The parameters that a forest hands on to its trees; `monotonic_cst` came with scikit-learn 1.4.
    fileprivate mutating func addTreeParameterNames() -> PickleReference {
        var names = [
            "criterion", "max_depth", "min_samples_split", "min_samples_leaf", "min_weight_fraction_leaf",
            "max_features", "max_leaf_nodes", "min_impurity_decrease", "random_state", "ccp_alpha",
        ]
        if version.isAtLeast(1, 4) { names.append("monotonic_cst") }
        return addTuple(names.map { add(.string($0)) })
    }
}
