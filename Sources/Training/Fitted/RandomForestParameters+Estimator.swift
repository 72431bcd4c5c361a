import Estimators

extension RandomForestParameters {
    /// The parameters of a forest that it hands on to its trees, under scikit-learn's names.
    var treeParameters: [String: ParameterValue] {
        var parameters: [String: ParameterValue] = [
            "max_depth": maximumDepth.map(ParameterValue.integer) ?? .null,
            "min_samples_split": minimumSamplesSplit.parameter, "min_samples_leaf": minimumSamplesLeaf.parameter,
            "min_weight_fraction_leaf": .float(minimumWeightFractionLeaf),
            "min_impurity_decrease": .float(minimumImpurityDecrease),
        ]
        if let maximumFeatures { parameters["max_features"] = maximumFeatures.parameter }
        return parameters
    }

    /// The parameters of the forest itself.
    var forestParameters: [String: ParameterValue] {
        var parameters = treeParameters
        parameters["n_estimators"] = .integer(treeCount)
        parameters["bootstrap"] = .bool(isBootstrapping)
        parameters["max_samples"] = maximumSamples?.parameter ?? .null
        parameters["random_state"] = .integer(Int(seed))
        return parameters
    }
}

extension SampleAmount {
    /// The amount as scikit-learn takes it: an `int` or a `float`.
    var parameter: ParameterValue {
        switch self {
        case .count(let count): .integer(count)
        case .share(let share): .float(share)
        }
    }
}

extension FeatureAmount {
    /// The amount as scikit-learn takes it.
    var parameter: ParameterValue {
        switch self {
        case .all: .null
        case .squareRoot: "sqrt"
        case .logarithm: "log2"
        case .count(let count): .integer(count)
        case .share(let share): .float(share)
        }
    }
}
