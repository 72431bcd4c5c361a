public import PickleCodec
import Tensors

/// Builds the graph of an estimator as scikit-learn of one release holds it.
public struct EstimatorEncoder {
    /// The release it is written for.
    public let version: ScikitLearnVersion
    /// The graph so far.
    var builder = PickleGraphBuilder()
    /// Where the estimator lies that is being added.
    private var path: String

    /// The oldest release that models are written for: since then, tree nodes know where missing values go.
    static let oldestVersion = ScikitLearnVersion(major: 1, minor: 3, description: "1.3.0")

    init(for version: ScikitLearnVersion, root: any Estimator) throws(EstimatorError) {
        path = "\(type(of: root))"
        guard version >= Self.oldestVersion else {
            throw EstimatorError(
                .unsupportedSetting, at: path, "models are written for scikit-learn 1.3 and later, not for \(version)")
        }
        self.version = version
    }

    /// Adds an estimator within the one that is being added.
    ///
    /// - Parameter step: the way to it, e.g. `.steps[1]`.
    public mutating func add(_ estimator: any Estimator, at step: String = "") throws(EstimatorError) -> PickleReference
    {
        let outer = path
        defer { path = outer }
        path += step
        guard let encodable = estimator as? any EncodableEstimator else {
            throw error(.unsupportedClass, "\(estimator.fit.className) is not written")
        }
        return try encodable.encode(into: &self)
    }

    /// An error at the place of the estimator that is being added.
    func error(_ code: EstimatorError.Code, _ message: String) -> EstimatorError {
        EstimatorError(code, at: path, message)
    }
}

// MARK: - Objects

extension EstimatorEncoder {
    /// An attribute's name and value.
    typealias Attribute = (name: String, value: PickleReference)

    /// Adds a fitted instance of the class that a record names.
    ///
    /// - Parameters:
    ///   - classes: the classes of the estimator's type.
    ///   - attributes: what it has beside its constructor's parameters, the record and the version.
    mutating func addObject(
        _ fit: FitRecord,
        of classes: [PythonName],
        attributes: [Attribute]
    ) throws(EstimatorError) -> PickleReference {
        guard let name = classes.first(where: { $0.name == fit.className }) else {
            throw error(.malformed, "its class is none of \(classes.map(\.name)), but \(fit.className)")
        }
        var recorded: [Attribute] = []
        if let count = fit.featureCount { recorded.append(("n_features_in_", add(.integer(count)))) }
        if let names = fit.featureNames { recorded.append(("feature_names_in_", addObjects(names))) }
        return addObject(name, fit.parameters, attributes: recorded + attributes)
    }

    /// Adds an instance of a class with its constructor's parameters.
    mutating func addObject(
        _ name: PythonName,
        _ parameters: Parameters,
        attributes: [Attribute] = []
    ) -> PickleReference {
        let given = parameters.entries.map { ($0.name, add(parameter: $0.value)) }
        let version = ("_sklearn_version", add(.string(version.description)))
        return builder.addObject(name, attributes: given + attributes + [version])
    }
}

// MARK: - Values

extension EstimatorEncoder {
    /// Adds any value.
    mutating func add(_ value: PickleValue) -> PickleReference { builder.add(value) }

    /// Adds `None`.
    mutating func addNone() -> PickleReference { add(PickleValue.none) }

    /// Adds a constructor's parameter.
    mutating func add(parameter: ParameterValue) -> PickleReference {
        switch parameter {
        case .null: addNone()
        case .bool(let flag): add(.bool(flag))
        case .integer(let number): add(.integer(number))
        case .float(let number): add(.float(number))
        case .string(let text): add(.string(text))
        case .tuple(let items): addTuple(items.map { add(parameter: $0) })
        case .recorded(let graph): builder.copy(graph.root, of: graph)
        }
    }

    mutating func addList(_ items: [PickleReference]) -> PickleReference { add(.list(items)) }

    mutating func addTuple(_ items: [PickleReference]) -> PickleReference { add(.tuple(items)) }

    /// Adds a whole number; `None` if there is none.
    mutating func add(_ number: Int?) -> PickleReference { add(number.map(PickleValue.integer) ?? .none) }

    /// Adds an array of `float64`.
    mutating func add(_ numbers: [Double]) -> PickleReference { add(.array(NDArray(numbers))) }

    /// Adds an array of `float64`; `None` if there is none.
    mutating func add(_ numbers: [Double]?) -> PickleReference { numbers.map { add($0) } ?? addNone() }

    /// Adds an array of `int64`.
    mutating func add(_ numbers: [Int]) -> PickleReference { add(.array(NDArray(numbers))) }

    /// Adds an array of objects that are strings.
    mutating func addObjects(_ strings: [String]) -> PickleReference {
        let elements = strings.map { add(.string($0)) }
        return add(.objectArray(shape: [elements.count], elements: elements))
    }
}
