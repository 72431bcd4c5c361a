/// The parameters of a scikit-learn class's constructor and their defaults, as they were from release 1.3 to 1.9.
///
/// A parameter that came later than 1.3 is listed too: an older release ignores what it does not know. Source: the
/// `__init__` of each class, of whose parameters only `steps` of a pipeline is left out, as that is fitted state here.
struct ConstructorSignature: Sendable {
    /// A parameter and its default.
    struct Parameter: Sendable {
        let name: String
        let value: ParameterValue
    }

    /// The parameters in the constructor's order.
    let defaults: [Parameter]
    /// Their names.
    let names: [String]

    private init(_ defaults: KeyValuePairs<String, ParameterValue>) {
        self.defaults = defaults.map { Parameter(name: $0.key, value: $0.value) }
        names = defaults.map(\.key)
    }

    /// The signature of a class by its own name; without parameters for classes that are not written.
    static func of(_ className: String) -> ConstructorSignature { known[className] ?? none }

    private static let none = ConstructorSignature([:])

    private static let known: [String: ConstructorSignature] = [
        "DecisionTreeClassifier": treeClassifier(splitter: "best", maxFeatures: .null),
        "DecisionTreeRegressor": treeRegressor(splitter: "best", maxFeatures: .null),
        "ExtraTreeClassifier": treeClassifier(splitter: "random", maxFeatures: "sqrt"),
        "ExtraTreeRegressor": treeRegressor(splitter: "random", maxFeatures: 1.0),
        "ExtraTreesClassifier": forestClassifier(bootstrap: false),
        "ExtraTreesRegressor": forestRegressor(bootstrap: false),
        "IsolationForest": ConstructorSignature([
            "n_estimators": 100, "max_samples": "auto", "contamination": "auto", "max_features": 1.0,
            "bootstrap": false, "n_jobs": .null, "random_state": .null, "verbose": 0, "warm_start": false,
        ]),
        "MaxAbsScaler": ConstructorSignature(["copy": true, "clip": false]),
        "MinMaxScaler": ConstructorSignature(["feature_range": [0, 1], "copy": true, "clip": false]),
        "Pipeline": ConstructorSignature(["transform_input": .null, "memory": .null, "verbose": false]),
        "RandomForestClassifier": forestClassifier(bootstrap: true),
        "RandomForestRegressor": forestRegressor(bootstrap: true),
        "RobustScaler": ConstructorSignature([
            "with_centering": true, "with_scaling": true, "quantile_range": [25.0, 75.0], "copy": true,
            "unit_variance": false,
        ]),
        "StandardScaler": ConstructorSignature(["copy": true, "with_mean": true, "with_std": true]),
    ]
}

// MARK: - Trees

extension ConstructorSignature {
    private static func treeClassifier(splitter: ParameterValue, maxFeatures: ParameterValue) -> Self {
        Self([
            "criterion": "gini", "splitter": splitter, "max_depth": .null, "min_samples_split": 2,
            "min_samples_leaf": 1, "min_weight_fraction_leaf": 0.0, "max_features": maxFeatures,
            "random_state": .null, "max_leaf_nodes": .null, "min_impurity_decrease": 0.0, "class_weight": .null,
            "ccp_alpha": 0.0, "monotonic_cst": .null,
        ])
    }

    private static func treeRegressor(splitter: ParameterValue, maxFeatures: ParameterValue) -> Self {
        Self([
            "criterion": "squared_error", "splitter": splitter, "max_depth": .null, "min_samples_split": 2,
            "min_samples_leaf": 1, "min_weight_fraction_leaf": 0.0, "max_features": maxFeatures,
            "random_state": .null, "max_leaf_nodes": .null, "min_impurity_decrease": 0.0, "ccp_alpha": 0.0,
            "monotonic_cst": .null,
        ])
    }

    private static func forestClassifier(bootstrap: ParameterValue) -> Self {
        Self([
            "n_estimators": 100, "criterion": "gini", "max_depth": .null, "min_samples_split": 2,
            "min_samples_leaf": 1, "min_weight_fraction_leaf": 0.0, "max_features": "sqrt", "max_leaf_nodes": .null,
            "min_impurity_decrease": 0.0, "bootstrap": bootstrap, "oob_score": false, "n_jobs": .null,
            "random_state": .null, "verbose": 0, "warm_start": false, "class_weight": .null, "ccp_alpha": 0.0,
            "max_samples": .null, "monotonic_cst": .null,
        ])
    }

    private static func forestRegressor(bootstrap: ParameterValue) -> Self {
        Self([
            "n_estimators": 100, "criterion": "squared_error", "max_depth": .null, "min_samples_split": 2,
            "min_samples_leaf": 1, "min_weight_fraction_leaf": 0.0, "max_features": 1.0, "max_leaf_nodes": .null,
            "min_impurity_decrease": 0.0, "bootstrap": bootstrap, "oob_score": false, "n_jobs": .null,
            "random_state": .null, "verbose": 0, "warm_start": false, "ccp_alpha": 0.0, "max_samples": .null,
            "monotonic_cst": .null,
        ])
    }
}
