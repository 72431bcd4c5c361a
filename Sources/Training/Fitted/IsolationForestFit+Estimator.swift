public import Estimators

extension IsolationForestFit {
    /// The fitted `IsolationForest`.
    public var estimator: IsolationForest {
        let sees = treeFeatures.first?.count ?? featureCount
        let depth = Int.bitWidth - (max(sampleCount, 2) - 1).leadingZeroBitCount
        let treeParameters: [String: ParameterValue] = ["max_features": 1, "max_depth": .integer(depth)]
        let task = TreeTask.regression(targetCount: 1)
        return IsolationForest(
            fit: FitRecord(
                className: "IsolationForest", version: .written, featureCount: featureCount,
                parameters: parameters.forestParameters),
            trees: trees.map { $0.member("ExtraTreeRegressor", task, treeParameters) },
            treeFeatures: sees == featureCount ? nil : treeFeatures,
            pathLengths: trees.map {
                IsolationForest.PathLengths(depth: $0.nodeDepths, average: $0.averagePathLengths)
            },
            sampleCount: sampleCount, offset: offset,
            sampling: RowSampling(rowCount: rowCount, seeds: drawSeeds.map(Int.init)))
    }
}

extension IsolationForestParameters {
    /// The parameters under scikit-learn's names.
    var forestParameters: [String: ParameterValue] {
        [
            "n_estimators": .integer(treeCount), "max_samples": maximumSamples?.parameter ?? "auto",
            "contamination": contamination.map(ParameterValue.float) ?? "auto",
            "max_features": maximumFeatures.parameter, "bootstrap": .bool(isBootstrapping),
            "random_state": .integer(Int(seed)),
        ]
    }
}
