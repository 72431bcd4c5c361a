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

    /// Answers `:predict` for the model of a name.
    ///
    /// - Parameter header: the value of one of the request's headers, by its name in lower case; what the model's
    ///   traffic is split by.
    package func predict(
        _ name: String, body: Span<UInt8>, header: (String) -> String? = { _ in nil }
    ) throws(ServingError) -> Prediction {
        try predictor.answer(name, header: header) { model, shadow throws(ServingError) in
            try predict(model, body: body, shadow: shadow)
        }
    }

    /// Answers `:explain` for the model of a name: the models served have no explainer.
    package func explain(_ name: String) throws(ServingError) -> Never {
        _ = try registry.deployment(name)
        throw ServingError(.notImplemented, "Could not find explainer_host.")
    }

    private func predict(
        _ model: LoadedModel, body: Span<UInt8>, shadow: LoadedModel?
    ) throws(ServingError) -> Prediction {
        let start = Clocks.monotonicNanoseconds()
        let request = try V1Request.decode(body, for: model.input)
        let decoded = Clocks.monotonicNanoseconds()
        let answer = try evaluate(request, model)
        let evaluated = Clocks.monotonicNanoseconds()
        let bytes = answer.encoded()
        let times = PredictionTimes(
            preprocess: decoded - start,
            predict: evaluated - decoded,
            postprocess: Clocks.monotonicNanoseconds() - evaluated
        )
        model.meter.record(times)
        predictor.compare(shadow, of: model, answer: answer.predictions, on: request.rows)
        let answered = AnsweredBy(
            model: model.name, version: model.version, rows: request.rows.rowCount, times: times)
        return Prediction(body: bytes, answered: answered)
    }

    private func evaluate(_ request: V1Request, _ model: LoadedModel) throws(ServingError) -> V1Answer {
        let primary = predictor.primaryMethod(of: model)
        let predictions = try predictor.evaluate(primary, model, on: request.rows)
        var others: [V1Answer.Member] = []
        if settings.form == .full, primary == .predict, model.plan.methods.contains(.predictProba) {
            let answer = try predictor.evaluate(.predictProba, model, on: request.rows)
            others.append(V1Answer.Member(name: "probabilities", answer: answer))
        }
        for output in request.outputs where output != primary {
            let answer = try predictor.evaluate(output, model, on: request.rows)
            others.append(V1Answer.Member(name: output.rawValue, answer: answer))
        }
        return V1Answer(
            predictions: predictions,
            identity: settings.form == .kserve ? [] : model.identity,
            others: others
        )
    }
}
