import Estimators
package import Inference
package import ModelStore
import PickleCodec
import Tensors

/// A model file that was read and answers.
package struct ReadModel: Sendable {
    /// What answers.
    package let plan: Plan
    /// The scikit-learn release that stored it, if the file says.
    package let scikitLearnVersion: String?
    /// Its size and checksum.
    package let content: ModelContent

    package init(plan: Plan, scikitLearnVersion: String?, content: ModelContent) {
        self.plan = plan
        self.scikitLearnVersion = scikitLearnVersion
        self.content = content
    }
}

/// Reads model files.
package protocol ModelLoading: Sendable {
    /// A model that has answered a row.
    ///
    /// - Throws: any error; its description is told to clients of the model.
    func load(path: String) throws -> ReadModel
}

/// Reads pickles of scikit-learn estimators.
package struct PickleModelLoader: ModelLoading {
    /// A model that loads but does not answer as it should.
    struct Unusable: Error, CustomStringConvertible { let description: String }

    package init() {}

    package func load(path: String) throws -> ReadModel {
        // Read once, so that what is checked is what is decoded.
        let limits = PickleLimits()
        let bytes = try readFile(path, limit: limits.maximumInputBytes)
        let estimator = try EstimatorRegistry.decode(PickleReader.read(bytes, limits: limits))
        let plan = try Plan(estimator)
        try Self.ask(plan)
        return ReadModel(
            plan: plan, scikitLearnVersion: estimator.fit.version?.description, content: ModelContent(bytes))
    }

    /// Asks for an answer to a row of zeros.
    private static func ask(_ plan: Plan) throws {
        guard let method = plan.methods.first else { throw Unusable(description: "this model has no method") }
        let row = Matrix(
            rowCount: 1, columnCount: plan.featureCount, elements: [Double](repeating: 0, count: plan.featureCount))
        let answer = try plan.evaluate(method, on: row)
        let outputs: [Output] =
            switch answer {
            case .array(let output): [output]
            case .perTarget(let outputs): outputs
            }
        guard !outputs.isEmpty, outputs.allSatisfy({ $0.shape.first == 1 }) else {
            throw Unusable(description: "it answered one row with \(outputs.map { $0.shape.first ?? 0 }) rows")
        }
    }
}

extension ModelMetadata {
    /// Refuses a model that does not take what its metadata says.
    func checkInputs(of plan: Plan) throws(StoreError) {
        guard let inputs = details.inputs, inputs.count == 1, let width = inputs[0].shape.last,
            inputs[0].shape.count == 2
        else { return }
        guard width == -1 || width == plan.featureCount else {
            throw StoreError(
                .malformed, "the model takes rows of \(plan.featureCount) features, but its metadata says \(width)")
        }
    }
}
