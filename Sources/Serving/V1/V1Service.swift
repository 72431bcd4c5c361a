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
    private let shadows = ShadowQueue()

    package init(registry: ModelRegistry, settings: Settings = Settings()) {
        self.registry = registry
        self.settings = settings
    }

    /// Answers `:predict` for the model of a name.
    ///
    /// - Parameter header: the value of one of the request's headers, by its name in lower case; what the model's
    ///   traffic is split by.
    package func predict(
        _ name: String, body: Span<UInt8>, header: (String) -> String? = { _ in nil }
    ) throws(ServingError) -> Prediction {
        let deployment = try registry.deployment(name)
        let model = try deployment.choose(header: header)
        do throws(ServingError) { return try predict(model, body: body, shadow: deployment.shadow) } catch {
            model.meter.record(error)
            throw error
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
        if let shadow, shadow !== model {
            shadows.compare(shadow, with: answer.predictions, on: request.rows, method: primaryMethod(of: model))
        }
        return Prediction(body: bytes, times: times)
    }

    /// What `predictions` are.
    private func primaryMethod(of model: LoadedModel) -> PredictionMethod {
        let methods = model.plan.methods
        return settings.prefersProbabilities && methods.contains(.predictProba)
            ? .predictProba : methods.first ?? .predict
    }

    private func evaluate(_ request: V1Request, _ model: LoadedModel) throws(ServingError) -> V1Answer {
        let methods = model.plan.methods
        let primary = primaryMethod(of: model)
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
