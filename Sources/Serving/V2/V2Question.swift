import Inference
import Tensors

/// What a request of the Open Inference Protocol asks of a model, and how its answer is made up.
struct V2Question: Question {
    let rows: Matrix<Double>
    private(set) var methods: [PredictionMethod] = []
    /// What the client called the request.
    private let id: String?
    /// The outputs, and which of the methods each shows.
    private var outputs: [(name: String, method: Int, isBinary: Bool)] = []

    /// - Parameters:
    ///   - modelName: what the client calls the model.
    ///   - primary: what it answers if nothing else is asked for.
    /// - Throws: ``ServingError`` if an output has no method's name.
    init(
        _ request: InferRequest, rows: Matrix<Double>, of modelName: String, primary: PredictionMethod
    ) throws(ServingError) {
        self.rows = rows
        id = request.id
        let wanted = request.outputs.isEmpty ? [InferRequest.Output(name: InferName.output)] : request.outputs
        for output in wanted {
            guard let method = InferName.method(output.name, primary: primary) else {
                throw ServingError.badInference(
                    "Unexpected inference output '\(output.name.quoted)' for model '\(modelName)'")
            }
            let index = methods.firstIndex(of: method) ?? methods.count
            if index == methods.count { methods.append(method) }
            outputs.append((output.name, index, output.isBinary ?? request.wantsBinaryOutputs))
        }
    }

    /// The answer, of one for each method.
    func response(_ answers: [Answer], of model: LoadedModel) -> InferResponse {
        InferResponse(
            modelName: model.name, modelVersion: model.version, id: id,
            outputs: outputs.flatMap { output in
                InferResponse.Output.outputs(output.name, answers[output.method], isBinary: output.isBinary)
            })
    }
}
