public import PickleCodec

/// Transforms one after the other and, last, any estimator.
///
/// Source: scikit-learn `pipeline.py`, `Pipeline`.
public struct Pipeline: Estimator {
    /// `sklearn.pipeline.Pipeline`.
    public static let pythonClasses = [PythonName(module: "sklearn.pipeline", name: className)]

    private static let className = "Pipeline"

    /// A named step.
    public struct Step: Equatable, Sendable {
        /// The name its author gave it.
        public let name: String
        /// The fitted estimator; nil for `"passthrough"` and `None`, which hand rows on as they are.
        public let estimator: (any Estimator)?

        /// A named step.
        public init(name: String, estimator: (any Estimator)?) {
            self.name = name
            self.estimator = estimator
        }

        /// Whether both have the same name and equal estimators.
        public static func == (left: Step, right: Step) -> Bool {
            switch (left.estimator, right.estimator) {
            case (let one?, let other?): left.name == right.name && one.isEqual(to: other)
            case (nil, nil): left.name == right.name
            default: false
            }
        }
    }

    /// What was recorded of the fit of the first step that is not passed through: its class is the one that
    /// complains of rows, and its columns are the pipeline's.
    public let fit: FitRecord
    /// The steps in their order; at least one has an estimator.
    public let steps: [Step]
    /// What the pipeline's own constructor was given, apart from the steps.
    public let parameters: Parameters

    /// A pipeline made by hand; nil unless some step has an estimator.
    ///
    /// - Parameter parameters: `transform_input`, `memory` and `verbose`, where they differ from their defaults.
    public init?(steps: [Step], parameters: [String: ParameterValue] = [:]) {
        self.init(steps, Parameters(of: Self.className, parameters))
    }

    private init?(_ steps: [Step], _ parameters: Parameters) {
        guard let first = steps.lazy.compactMap(\.estimator).first else { return nil }
        fit = first.fit
        self.steps = steps
        self.parameters = parameters
    }

    /// Decodes a fitted pipeline and the estimators of its steps.
    public init(from object: GraphObject) throws(EstimatorError) {
        let list = try object["steps"]
        var steps: [Step] = []
        for element in try list.elements() { steps.append(try Step(from: element)) }
        guard let pipeline = Pipeline(steps, Parameters(of: object)) else {
            throw list.error(.unsupportedSetting, "no step has an estimator, so the number of columns is unknown")
        }
        self = pipeline
    }
}

extension Pipeline.Step {
    /// Reads a pair of a name and an estimator, `"passthrough"` or `None`.
    init(from value: GraphValue) throws(EstimatorError) {
        let pair = try value.elements()
        guard pair.count == 2 else { throw value.mismatch("a pair of a name and an estimator") }
        name = try pair[0].string()
        let content = value.child(pair[1].reference, "")
        switch content.value {
        case .none, .string("passthrough"): estimator = nil
        default: estimator = try EstimatorRegistry.decode(content)
        }
    }
}
