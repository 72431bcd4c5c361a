public import PickleCodec

/// Transforms one after the other and, last, any estimator.
///
/// Source: scikit-learn `pipeline.py`, `Pipeline`.
public struct Pipeline: Estimator {
    /// `sklearn.pipeline.Pipeline`.
    public static let pythonClasses = [PythonName(module: "sklearn.pipeline", name: "Pipeline")]

    /// A named step.
    public struct Step: Sendable {
        /// The name its author gave it.
        public let name: String
        /// The fitted estimator; nil for `"passthrough"` and `None`, which hand rows on as they are.
        public let estimator: (any Estimator)?

        /// A named step.
        public init(name: String, estimator: (any Estimator)?) {
            self.name = name
            self.estimator = estimator
        }
    }

    /// What was recorded of the fit of the first step that is not passed through: its class is the one that
    /// complains of rows, and its columns are the pipeline's.
    public let fit: FitRecord
    /// The steps in their order; at least one has an estimator.
    public let steps: [Step]

    /// A pipeline made by hand; nil unless some step has an estimator.
    public init?(steps: [Step]) {
        guard let first = steps.lazy.compactMap(\.estimator).first else { return nil }
        fit = first.fit
        self.steps = steps
    }

    /// Decodes a fitted pipeline and the estimators of its steps.
    public init(from object: GraphObject) throws(EstimatorError) {
        let list = try object["steps"]
        var steps: [Step] = []
        for element in try list.elements() { steps.append(try Step(from: element)) }
        guard let pipeline = Pipeline(steps: steps) else {
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
