import Inference

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

        package init() {}
    }

    /// An answered prediction.
    package struct Prediction: Sendable {
        /// The answer, JSON.
        package let body: [UInt8]
        /// How long it took.
        package let times: PredictionTimes
    }

    /// The models.
    package let registry: ModelRegistry
    /// How requests are answered.
    package let settings: Settings

    package init(registry: ModelRegistry, settings: Settings = Settings()) {
        self.registry = registry
        self.settings = settings
    }

    /// Answers `:predict` for the model of a name.
    package func predict(_ name: String, body: Span<UInt8>) throws(ServingError) -> Prediction {
        let model = try registry.model(name)
        do throws(ServingError) { return try predict(model, body: body) } catch {
            model.meter.record(error)
            throw error
        }
    }

    /// Answers `:explain` for the model of a name: the models served have no explainer.
    package func explain(_ name: String) throws(ServingError) -> Never {
        _ = try registry.model(name)
        throw ServingError(.notImplemented, "Could not find explainer_host.")
    }

    private func predict(_ model: LoadedModel, body: Span<UInt8>) throws(ServingError) -> Prediction {
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
        return Prediction(body: bytes, times: times)
    }

    private func evaluate(_ request: V1Request, _ model: LoadedModel) throws(ServingError) -> V1Answer {
        let methods = model.plan.methods
        guard let fallback = methods.first else { throw ServingError(.internalError, "this model has no method") }
        let primary =
            settings.prefersProbabilities && methods.contains(.predictProba) ? PredictionMethod.predictProba : fallback
        do throws(InferenceError) {
            let predictions = try model.plan.evaluate(primary, on: request.rows, threads: settings.threads)
            var others: [V1Answer.Member] = []
            if settings.form == .full, primary == .predict, methods.contains(.predictProba) {
                let answer = try model.plan.evaluate(.predictProba, on: request.rows, threads: settings.threads)
                others.append(V1Answer.Member(name: "probabilities", answer: answer))
            }
            for output in request.outputs where output != primary {
                let answer = try model.plan.evaluate(output, on: request.rows, threads: settings.threads)
                others.append(V1Answer.Member(name: output.rawValue, answer: answer))
            }
            return V1Answer(
                predictions: predictions,
                identity: settings.form == .kserve ? [] : model.identity,
                others: others
            )
        } catch {
            throw ServingError(error)
        }
    }
}
