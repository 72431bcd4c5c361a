import Inference
import Tensors

/// Asks the models of a registry, for all protocols: which version answers, what it answers, what its shadow is asked.
struct Predictor: Sendable {
    let registry: ModelRegistry
    let settings: V1Service.Settings
    private let shadows = ShadowQueue()

    init(registry: ModelRegistry, settings: V1Service.Settings) {
        self.registry = registry
        self.settings = settings
    }

    /// Has a version of a model answer, and counts on its meter if it does not.
    ///
    /// - Parameters:
    ///   - version: the version that is to answer; nil leaves it to the model's traffic.
    ///   - header: the value of a request's header, by its name in lower case.
    ///   - answer: answers with a version; the other one, if there is one, is its shadow.
    func answer<Answered>(
        _ name: String, version: String? = nil, header: (String) -> String?,
        _ answer: (LoadedModel, LoadedModel?) throws(ServingError) -> Answered
    ) throws(ServingError) -> Answered {
        let deployment = try registry.deployment(name)
        let model = if let version { try deployment.pinned(version) } else { try deployment.choose(header: header) }
        do throws(ServingError) { return try answer(model, deployment.shadow) } catch {
            model.meter.record(error)
            throw error
        }
    }

    /// What a model answers if nothing else is asked for.
    func primaryMethod(of model: LoadedModel) -> PredictionMethod {
        let methods = model.plan.methods
        return settings.prefersProbabilities && methods.contains(.predictProba)
            ? .predictProba : methods.first ?? .predict
    }

    /// What a version answers.
    func evaluate(
        _ method: PredictionMethod, _ model: LoadedModel, on rows: Matrix<Double>
    ) throws(ServingError) -> Answer {
        guard rows.rowCount <= settings.maximumRows else {
            throw ServingError(
                .bodyTooLarge,
                "The request has \(rows.rowCount) rows; this server takes at most \(settings.maximumRows) at once.")
        }
        do throws(InferenceError) {
            return try model.plan.evaluate(method, on: rows, threads: settings.threads)
        } catch {
            throw ServingError(error)
        }
    }

    /// Has a shadow asked what its primary was asked.
    func compare(_ shadow: LoadedModel?, of model: LoadedModel, answer: Answer, on rows: Matrix<Double>) {
        guard let shadow, shadow !== model else { return }
        shadows.compare(shadow, with: answer, on: rows, method: primaryMethod(of: model))
    }
}
