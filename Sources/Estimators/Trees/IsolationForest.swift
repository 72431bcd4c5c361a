public import PickleCodec

/// An outlier detector: the sooner random splits set a row apart, the more abnormal it is.
///
/// Source: Liu, Ting and Zhou, "Isolation Forest", ICDM 2008; scikit-learn `ensemble/_iforest.py`.
public struct IsolationForest: Estimator {
    /// `sklearn.ensemble._iforest.IsolationForest`.
    public static let pythonClasses = [PythonName(module: "sklearn.ensemble._iforest", name: "IsolationForest")]

    /// How far a row has come when it reaches a node of one tree.
    public struct PathLengths: Hashable, Sendable {
        /// Per node, the number of nodes on the way to it, itself and the root included.
        public let depth: [Double]
        /// Per node, the average length of the path that the training rows in it would still have before them.
        public let average: [Double]

        /// Lengths per node, computed as scikit-learn did at fit time.
        public init(depth: [Double], average: [Double]) {
            self.depth = depth
            self.average = average
        }
    }

    /// What was recorded of the fit.
    public let fit: FitRecord
    /// The trees in their order (`estimators_`); at least one.
    public let trees: [DecisionTree]
    /// Per tree the columns it sees, in its own order; nil where every tree sees all columns as they are.
    public let treeFeatures: [[Int]]?
    /// Per tree the path lengths as stored since scikit-learn 1.3, whose logarithms are numpy's; nil if not stored.
    public let pathLengths: [PathLengths]?
    /// How many training rows each tree was grown from (`max_samples_`).
    public let sampleCount: Int
    /// What is subtracted from the scores: at and above it a row is normal (`offset_`).
    public let offset: Double
    /// What the rows of each tree were drawn from; nil if not recorded.
    public let sampling: RowSampling?

    /// A forest made by hand.
    public init(
        fit: FitRecord,
        trees: [DecisionTree],
        treeFeatures: [[Int]]? = nil,
        pathLengths: [PathLengths]? = nil,
        sampleCount: Int,
        offset: Double,
        sampling: RowSampling? = nil
    ) {
        self.fit = fit
        self.trees = trees
        self.treeFeatures = treeFeatures
        self.pathLengths = pathLengths
        self.sampleCount = sampleCount
        self.offset = offset
        self.sampling = sampling
    }

    /// Decodes a fitted forest.
    public init(from object: GraphObject) throws(EstimatorError) {
        fit = try FitRecord(from: object)
        trees = try object["estimators_"].trees()
        sampleCount = try object["max_samples_"].integer()
        offset = try object["offset_"].double()
        treeFeatures = try Self.treeFeatures(object, fit.featureCount)
        pathLengths = try Self.pathLengths(object)
        sampling = try RowSampling(from: object)
    }

    private static func treeFeatures(
        _ object: GraphObject,
        _ featureCount: Int?
    ) throws(EstimatorError) -> [[Int]]? {
        if let featureCount, try object["_max_features"].integer() == featureCount { return nil }
        var features: [[Int]] = []
        for element in try object["estimators_features_"].elements() { features.append(try element.integers()) }
        return features
    }

    private static func pathLengths(_ object: GraphObject) throws(EstimatorError) -> [PathLengths]? {
        guard let depths = try object.optional("_decision_path_lengths")?.elements(),
            let averages = try object.optional("_average_path_length_per_tree")?.elements()
        else { return nil }
        var lengths: [PathLengths] = []
        for (depth, average) in zip(depths, averages) {
            lengths.append(PathLengths(depth: try depth.doubles(), average: try average.doubles()))
        }
        return lengths
    }
}
