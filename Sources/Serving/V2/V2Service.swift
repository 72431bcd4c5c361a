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

    /// Answers the body of a REST request, at once and on the caller's thread.
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

    /// The same, together with the requests of others where the model's requests are gathered.
    package func inferTogether(
        _ name: String, version: String? = nil, body: Span<UInt8>, headerLength: String? = nil,
        header: (String) -> String? = { _ in nil }
    ) async throws(ServingError) -> Inference<InferResponse.Body> {
        let pending = try read(name, version, header) { input throws(ServingError) in
            try InferRequest.decode(body, headerLength: headerLength, for: (name, input))
        }
        return finish(pending, try await predictor.answerTogether(pending)) { response in
            response.encoded(writesNulls: predictor.settings.form == .kserve)
        }
    }

    /// Answers a request of any transport, at once and on the caller's thread.
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
        let pending = try read(name, version, header, decode)
        return finish(pending, try predictor.answer(pending), encode)
    }

    /// The same, together with the requests of others where the model's requests are gathered.
    package func inferTogether<Body>(
        _ name: String, version: String?, header: (String) -> String?,
        decode: (ModelInput) throws(ServingError) -> InferRequest, encode: (InferResponse) -> Body
    ) async throws(ServingError) -> Inference<Body> {
        let pending = try read(name, version, header, decode)
        return finish(pending, try await predictor.answerTogether(pending), encode)
    }

    /// Whether requests to a model are gathered, so that answering them takes longer than their arithmetic.
    package func gathers(_ name: String) -> Bool { predictor.gathers(name) }

    private func read(
        _ name: String, _ version: String?, _ header: (String) -> String?,
        _ decode: (ModelInput) throws(ServingError) -> InferRequest
    ) throws(ServingError) -> Predictor.Pending<V2Question> {
        try predictor.read(name, version: version, header: header) { model throws(ServingError) in
            let request = try decode(model.input)
            let rows = try request.rows(for: model.input)
            return try V2Question(request, rows: rows, of: model.name, primary: predictor.primaryMethod(of: model))
        }
    }

    private func finish<Body>(
        _ pending: Predictor.Pending<V2Question>, _ answered: Predictor.Answered, _ encode: (InferResponse) -> Body
    ) -> Inference<Body> {
        let (body, answeredBy) = predictor.finish(pending, answered) { question, answers, model in
            encode(question.response(answers, of: model))
        }
        return Inference(body: body, answered: answeredBy)
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
