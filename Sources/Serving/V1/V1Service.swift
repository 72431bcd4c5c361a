import Inference
import Tensors

/// KServe's V1 protocol over the models of a registry: bodies in, bodies out, whatever the transport.
package struct V1Service: Sendable {
    /// How requests are answered.
    package struct Settings: Hashable, Sendable {
        /// Which members an answer has.
        package var form = AnswerForm.standard
        /// Answer probabilities as `predictions` where a model has them (`PREDICT_PROBA=true`).
        package var prefersProbabilities = false
        /// How many threads a large batch may use.
        package var threads = 1
        /// How many rows a request may have.
        package var maximumRows = Int.max
        /// When requests of several callers are answered together; nil answers each at once.
        package var batching: BatchPolicy?

        package init() {}
    }

    /// An answered prediction.
    package struct Prediction: Sendable {
        /// The answer, JSON.
        package let body: [UInt8]
        /// What answered it.
        package let answered: AnsweredBy
    }

    /// The models.
    package var registry: ModelRegistry { predictor.registry }
    /// How requests are answered.
    package var settings: Settings { predictor.settings }
    /// What asks the models.
    let predictor: Predictor

    package init(registry: ModelRegistry, settings: Settings = Settings()) {
        predictor = Predictor(registry: registry, settings: settings)
    }

    /// Answers `:predict` for the model of a name, at once and on the caller's thread.
    ///
    /// - Parameter header: the value of one of the request's headers, by its name in lower case; what the model's
    ///   traffic is split by.
    package func predict(
        _ name: String, body: Span<UInt8>, header: (String) -> String? = { _ in nil }
    ) throws(ServingError) -> Prediction {
        let pending = try read(name, body, header)
        return finish(pending, try predictor.answer(pending))
    }

    /// The same, together with the requests of others where the model's requests are gathered.
    package func predictTogether(
        _ name: String, body: Span<UInt8>, header: (String) -> String? = { _ in nil }
    ) async throws(ServingError) -> Prediction {
        let pending = try read(name, body, header)
        return finish(pending, try await predictor.answerTogether(pending))
    }

    /// Whether requests to a model are gathered, so that answering them takes longer than their arithmetic.
    package func gathers(_ name: String) -> Bool { predictor.gathers(name) }

    /// Answers `:explain` for the model of a name: the models served have no explainer.
    package func explain(_ name: String) throws(ServingError) -> Never {
        _ = try registry.deployment(name)
        throw ServingError(.notImplemented, "Could not find explainer_host.")
    }

    private func read(
        _ name: String, _ body: Span<UInt8>, _ header: (String) -> String?
    ) throws(ServingError) -> Predictor.Pending<V1Question> {
        try predictor.read(name, header: header) { model throws(ServingError) in
            V1Question(
                try V1Request.decode(body, for: model.input), methods: model.plan.methods,
                primary: predictor.primaryMethod(of: model), form: settings.form)
        }
    }

    private func finish(
        _ pending: Predictor.Pending<V1Question>, _ answered: Predictor.Answered
    ) -> Prediction {
        let (body, answeredBy) = predictor.finish(pending, answered) { question, answers, model in
            question.answer(answers, identity: settings.form == .kserve ? [] : model.identity).encoded()
        }
        return Prediction(body: body, answered: answeredBy)
    }
}
