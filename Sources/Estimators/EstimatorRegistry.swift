public import PickleCodec

/// The estimators that Apus can decode.
public enum EstimatorRegistry {
    /// Every type, a line each; order does not matter.
    public static let types: [any Estimator.Type] = [
        DecisionTree.self,
        DummyClassifier.self,
        DummyRegressor.self,
        Forest.self,
        GradientBoosting.self,
        IsolationForest.self,
        KMeans.self,
        LinearRegressor.self,
        LogisticRegression.self,
        MaxAbsScaler.self,
        MinMaxScaler.self,
        MultiOutputClassifier.self,
        MultiOutputRegressor.self,
        OneClassSVM.self,
        PCA.self,
        Pipeline.self,
        RobustScaler.self,
        SVC.self,
        SVR.self,
        SimpleImputer.self,
        StandardScaler.self,
    ]

    private static let typesByClass = Dictionary(
        uniqueKeysWithValues: types.flatMap { type in type.pythonClasses.map { ($0, type) } }
    )

    /// Decodes the estimator a pickle stands for.
    ///
    /// - Throws: ``EstimatorError`` that names the place in the graph.
    public static func decode(_ graph: PickleGraph) throws(EstimatorError) -> any Estimator {
        try GraphUnfolding.check(graph)
        return try decode(GraphValue(root: graph))
    }

    /// How many estimators may lie within each other.
    static let maximumNestingDepth = 32

    /// Decodes an estimator within another one.
    static func decode(_ value: GraphValue) throws(EstimatorError) -> any Estimator {
        let object = try value.object()
        guard let type = typesByClass[object.className] else {
            throw EstimatorError(
                .unsupportedClass,
                at: value.path,
                object.recorded.construction == .call
                    ? "the file asks to call \(object.className), and Apus calls nothing"
                    : "class \(object.className) is not one Apus can serve"
            )
        }
        guard value.estimatorDepth < maximumNestingDepth else {
            throw EstimatorError(
                .malformed,
                at: value.path,
                "more than \(maximumNestingDepth) estimators lie within each other"
            )
        }
        return try type.init(from: GraphObject(value.nested()))
    }
}
