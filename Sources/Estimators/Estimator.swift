public import PickleCodec

/// A fitted scikit-learn estimator as a value: its parameters and what fitting found, decoded and checked.
///
/// To add one: a struct that conforms, in the folder of its scikit-learn package; its name in
/// ``EstimatorRegistry/types``; and an operator for it in `Inference`. `CONTRIBUTING.md` shows a whole example.
public protocol Estimator: Sendable {
    /// The classes this type decodes, under every name that scikit-learn 0.24 to 1.9 stores them.
    static var pythonClasses: [PythonName] { get }

    /// What every fitted estimator knows of its fit.
    var fit: FitRecord { get }

    /// Decodes an instance of one of ``pythonClasses``.
    ///
    /// - Throws: ``EstimatorError`` naming the attribute that is missing or not what it should be.
    init(from object: GraphObject) throws(EstimatorError)
}

/// What every fitted scikit-learn estimator records of its fit.
public struct FitRecord: Hashable, Sendable {
    /// The class's own name, e.g. `StandardScaler`: the name that scikit-learn's error sentences use.
    public let className: String
    /// The version that stored the estimator; nil if the pickle does not say.
    public let version: ScikitLearnVersion?
    /// The number of input columns (`n_features_in_`); nil if not recorded.
    public let featureCount: Int?
    /// The names of the input columns (`feature_names_in_`), if it was fitted on named columns.
    public let featureNames: [String]?

    /// A record made by hand.
    public init(
        className: String, version: ScikitLearnVersion? = nil, featureCount: Int? = nil, featureNames: [String]? = nil
    ) {
        self.className = className
        self.version = version
        self.featureCount = featureCount
        self.featureNames = featureNames
    }

    /// Reads `_sklearn_version`, `n_features_in_` and `feature_names_in_`.
    public init(from object: GraphObject) throws(EstimatorError) {
        className = object.className.name
        let storedVersion = try object.optional("_sklearn_version")?.string()
        version = storedVersion.flatMap { ScikitLearnVersion($0) }
        featureCount = try object.optional("n_features_in_")?.integer()
        featureNames = try object.optional("feature_names_in_")?.strings()
    }
}

/// A scikit-learn release, as far as its stored state depends on it.
public struct ScikitLearnVersion: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The first number.
    public let major: Int
    /// The second number.
    public let minor: Int
    /// The version as stored, e.g. `1.5.2`.
    public let description: String

    /// Reads `MAJOR.MINOR…`; nil for anything else.
    public init?(_ text: String) {
        let parts = text.split(separator: ".", maxSplits: 2)
        guard parts.count >= 2, let major = Int(parts[0]), let minor = Int(parts[1].prefix(while: \.isWholeNumber))
        else { return nil }
        self.major = major
        self.minor = minor
        description = text
    }

    /// Whether this is release `major.minor` or a later one.
    public func isAtLeast(_ major: Int, _ minor: Int) -> Bool { (self.major, self.minor) >= (major, minor) }

    /// Orders by major, then minor number.
    public static func < (left: Self, right: Self) -> Bool { (left.major, left.minor) < (right.major, right.minor) }
}
