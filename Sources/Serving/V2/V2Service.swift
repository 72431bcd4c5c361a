import Inference
import Tensors

/// The Open Inference Protocol over the models of a registry, whatever the transport.
package struct V2Service: Sendable {
    /// An answered request.
    package struct Inference<Body: Sendable>: Sendable {
        /// The answer, as it goes back.
        package let body: Body
        /// What answered it.
        package let answered: AnsweredBy
    }

    /// The models.
    package var registry: ModelRegistry { predictor.registry }
    private let predictor: Predictor

    /// The same models, settings and shadows as a service of the other protocol has.
    package init(beside v1: V1Service) { predictor = v1.predictor }

    /// Answers the body of a REST request.
    ///
    /// - Parameters:
    ///   - version: the version that is to answer; nil leaves it to the model's traffic.
    ///   - headerLength: the value of `Inference-Header-Content-Length`, if there is one.
    ///   - header: the value of one of the request's headers, by its name in lower case.
    package func infer(
        _ name: String, version: String? = nil, body: Span<UInt8>, headerLength: String? = nil,
        header: (String) -> String? = { _ in nil }
    ) throws(ServingError) -> Inference<InferResponse.Body> {
        try infer(name, version: version, header: header) { input throws(ServingError) in
            try InferRequest.decode(body, headerLength: headerLength, for: (name, input))
        } encode: { response in
            response.encoded(writesNulls: predictor.settings.form == .kserve)
        }
    }

    /// Answers a request of any transport.
    ///
    /// - Parameters:
    ///   - version: the version that is to answer; nil leaves it to the model's traffic.
    ///   - header: the value of one of the request's headers, by its name in lower case.
    ///   - decode: reads the request, for a model with this input.
    ///   - encode: writes the answer.
    package func infer<Body>(
        _ name: String, version: String?, header: (String) -> String?,
        decode: (ModelInput) throws(ServingError) -> InferRequest, encode: (InferResponse) -> Body
    ) throws(ServingError) -> Inference<Body> {
        try predictor.answer(name, version: version, header: header) { model, shadow throws(ServingError) in
            let start = Clocks.monotonicNanoseconds()
            let request = try decode(model.input)
            let rows = try request.rows(for: model.input)
            let decoded = Clocks.monotonicNanoseconds()
            let response = try answer(request, rows, model, shadow)
            let evaluated = Clocks.monotonicNanoseconds()
            let body = encode(response)
            let times = PredictionTimes(
                preprocess: decoded - start, predict: evaluated - decoded,
                postprocess: Clocks.monotonicNanoseconds() - evaluated)
            model.meter.record(times)
            let answered = AnsweredBy(
                model: model.name, version: model.version, rows: rows.rowCount, times: times)
            return Inference(body: body, answered: answered)
        }
    }

    private func answer(
        _ request: InferRequest, _ rows: Matrix<Double>, _ model: LoadedModel, _ shadow: LoadedModel?
    ) throws(ServingError) -> InferResponse {
        let primary = predictor.primaryMethod(of: model)
        let wanted = request.outputs.isEmpty ? [InferRequest.Output(name: InferName.output)] : request.outputs
        let methods = try wanted.map { output throws(ServingError) in
            guard let method = InferName.method(output.name, primary: primary) else {
                throw ServingError.badInference(
                    "Unexpected inference output '\(output.name.quoted)' for model '\(model.name)'")
            }
            return method
        }
        var answers: [(method: PredictionMethod, answer: Answer)] = []
        var outputs: [InferResponse.Output] = []
        for (output, method) in zip(wanted, methods) {
            let known = answers.first { $0.method == method }
            let answer = if let known { known.answer } else { try predictor.evaluate(method, model, on: rows) }
            if known == nil { answers.append((method, answer)) }
            outputs += InferResponse.Output.outputs(
                output.name, answer, isBinary: output.isBinary ?? request.wantsBinaryOutputs)
        }
        if let answer = answers.first(where: { $0.method == primary })?.answer {
            predictor.compare(shadow, of: model, answer: answer, on: rows)
        }
        return InferResponse(
            modelName: model.name, modelVersion: model.version, id: request.id, outputs: outputs)
    }

    /// What a model takes and gives.
    ///
    /// - Parameter version: the version that is asked for; nil is the promoted one.
    package func metadata(_ name: String, version: String? = nil) throws(ServingError) -> InferMetadata {
        let deployment = try predictor.registry.deployment(name)
        let model = if let version { try deployment.pinned(version) } else { deployment.promoted }
        return InferMetadata(
            model, versions: deployment.versions.compactMap(\.model.version),
            primary: predictor.primaryMethod(of: model))
    }

    /// Whether a model, or a version of it, answers.
    ///
    /// - Throws: ``ServingError`` if it does not, and why.
    package func checkReady(_ name: String, version: String? = nil) throws(ServingError) {
        let deployment = try predictor.registry.deployment(name)
        if let version { _ = try deployment.pinned(version) }
    }
}
