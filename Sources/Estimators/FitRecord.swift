import PickleCodec

/// What every fitted scikit-learn estimator records of its fit.
public struct FitRecord: Hashable, Sendable {
    /// The class's own name, e.g. `StandardScaler`: the name that scikit-learn's error sentences use.
    public let className: String
    /// The version that stored the estimator, on which the meaning of its state depends; nil if the pickle has none.
    public let version: ScikitLearnVersion?
    /// The number of input columns (`n_features_in_`); nil if not recorded.
    public let featureCount: Int?
    /// The names of the input columns (`feature_names_in_`), if it was fitted on named columns.
    public let featureNames: [String]?
    /// What the constructor was given; without any for classes that Apus does not write.
    public let parameters: Parameters

    /// A record made by hand.
    ///
    /// - Parameter parameters: those that differ from the class's defaults, by name.
    public init(
        className: String,
        version: ScikitLearnVersion? = nil,
        featureCount: Int? = nil,
        featureNames: [String]? = nil,
        parameters: [String: ParameterValue] = [:]
    ) {
        self.className = className
        self.version = version
        self.featureCount = featureCount
        self.featureNames = featureNames
        self.parameters = Parameters(of: className, parameters)
    }

    /// Reads `_sklearn_version`, `n_features_in_`, `feature_names_in_` and the parameters.
    public init(from object: GraphObject) throws(EstimatorError) {
        className = object.className.name
        let storedVersion = try object.optional("_sklearn_version")?.string()
        version = storedVersion.flatMap { ScikitLearnVersion($0) }
        featureCount = try object.optional("n_features_in_")?.integer()
        featureNames = try object.optional("feature_names_in_")?.strings()
        parameters = Parameters(of: object)
    }
}
