public import Estimators

extension RandomForestRegressorFit {
    /// The fitted `RandomForestRegressor`.
    public var estimator: Forest {
        let task = TreeTask.regression(targetCount: targetCount)
        var parameters = self.parameters.treeParameters
        // The default of the forest, which is not that of a tree.
        parameters["max_features"] = parameters["max_features"] ?? 1.0
        return Forest(
            fit: FitRecord(
                className: "RandomForestRegressor", version: .written, featureCount: featureCount,
                parameters: self.parameters.forestParameters),
            task: task, trees: trees.map { $0.member("DecisionTreeRegressor", task, parameters) },
            sampling: RowSampling(rowCount: rowCount, drawnCount: drawnRowCount))
    }
}

extension RandomForestClassifierFit {
    /// The fitted `RandomForestClassifier`.
    public var estimator: Forest {
        var own = parameters.forestParameters
        var parameters = self.parameters.treeParameters
        parameters["max_features"] = parameters["max_features"] ?? "sqrt"
        if criterion == .entropy { (own["criterion"], parameters["criterion"]) = ("entropy", "entropy") }
        switch classWeights {
        case .uniform: break
        case .balanced: own["class_weight"] = "balanced"
        case .balancedSubsample: own["class_weight"] = "balanced_subsample"
        }
        // The trees answer indices of labels, as they were fitted to (`estimators_[i].classes_`).
        let treeTask = TreeTask.classification(
            classes.map { .float64((0..<$0.count).map { Double($0) }) })
        return Forest(
            fit: FitRecord(
                className: "RandomForestClassifier", version: .written, featureCount: featureCount, parameters: own),
            task: .classification(classes),
            trees: trees.map { $0.member("DecisionTreeClassifier", treeTask, parameters) },
            // With weights scikit-learn would draw the rows from those, too.
            sampling: classWeights == .uniform ? RowSampling(rowCount: rowCount, drawnCount: drawnRowCount) : nil)
    }
}
