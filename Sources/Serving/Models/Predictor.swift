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

    /// A request that was read for a version of a model and has no answer yet.
    struct Pending<Asked: Question>: Sendable {
        let model: LoadedModel
        /// The version whose answer is compared, if there is one.
        fileprivate let shadow: LoadedModel?
        let question: Asked
        /// When reading it began and ended, in nanoseconds of the monotonic clock.
        fileprivate let start: Int64, end: Int64
    }

    /// What a version answered.
    struct Answered: Sendable {
        /// An answer for each method of the question, in their order.
        let answers: [Answer]
        /// How many nanoseconds its rows waited for those of others.
        var wait: Int64 = 0
    }

    /// Chooses the version of a model that is to answer a request, and reads the request for it.
    ///
    /// - Parameters:
    ///   - version: the version that is to answer; nil leaves it to the model's traffic.
    ///   - header: the value of a request's header, by its name in lower case.
    ///   - read: reads the request for a version.
    func read<Asked: Question>(
        _ name: String, version: String? = nil, header: (String) -> String?,
        _ read: (LoadedModel) throws(ServingError) -> Asked
    ) throws(ServingError) -> Pending<Asked> {
        let deployment = try registry.deployment(name)
        let model = if let version { try deployment.pinned(version) } else { try deployment.choose(header: header) }
        return try model.meter.counting { () throws(ServingError) in
            let start = Clocks.monotonicNanoseconds()
            let question = try read(model)
            try checkCount(question.rows)
            return Pending(
                model: model, shadow: deployment.shadow, question: question, start: start,
                end: Clocks.monotonicNanoseconds())
        }
    }

    private func checkCount(_ rows: Matrix<Double>) throws(ServingError) {
        guard rows.rowCount <= settings.maximumRows else {
            throw ServingError(
                .bodyTooLarge,
                "The request has \(rows.rowCount) rows; this server takes at most \(settings.maximumRows) at once.")
        }
    }

    /// What a version answers, at once and on the caller's thread.
    func answer(_ pending: Pending<some Question>) throws(ServingError) -> Answered {
        try pending.model.meter.counting { () throws(ServingError) in
            var answers: [Answer] = []
            answers.reserveCapacity(pending.question.methods.count)
            for method in pending.question.methods {
                answers.append(try evaluate(method, pending.model, on: pending.question.rows))
            }
            return Answered(answers: answers)
        }
    }

    /// What a version answers, together with the requests of others if it is worth it and they are gathered at all.
    func answerTogether(_ pending: Pending<some Question>) async throws(ServingError) -> Answered {
        let (model, question) = (pending.model, pending.question)
        guard let policy = settings.batching, model.isWorthGathering,
            policy.gathers(question.rows, question.methods, for: model.plan)
        else { return try answer(pending) }
        do throws(ServingError) {
            return try await model.batcher.answers(to: question.methods, on: question.rows, by: policy) {
                method, rows throws(ServingError) in try evaluate(method, model, on: rows)
            }
        } catch {
            model.meter.record(error)
            throw error
        }
    }

    /// Whether some requests to a model are gathered.
    func gathers(_ name: String) -> Bool {
        guard settings.batching != nil, let deployment = try? registry.deployment(name) else { return false }
        return deployment.promoted.isWorthGathering || deployment.canary?.isWorthGathering ?? false
            || deployment.shadow?.isWorthGathering ?? false
    }

    /// Writes an answer, counts it, and has the shadow asked what its primary was.
    ///
    /// - Returns: the answer, and who gave it.
    func finish<Asked: Question, Body>(
        _ pending: Pending<Asked>, _ answered: Answered, _ write: (Asked, [Answer], LoadedModel) -> Body
    ) -> (body: Body, answered: AnsweredBy) {
        let evaluated = Clocks.monotonicNanoseconds()
        let body = write(pending.question, answered.answers, pending.model)
        var times = PredictionTimes()
        times.preprocess = pending.end - pending.start
        times.wait = answered.wait
        times.predict = evaluated - pending.end - answered.wait
        times.postprocess = Clocks.monotonicNanoseconds() - evaluated
        pending.model.meter.record(times)
        if let shadow = pending.shadow, shadow !== pending.model { compare(shadow, pending, answered) }
        let answeredBy = AnsweredBy(
            model: pending.model.name, version: pending.model.version, rows: pending.question.rows.rowCount,
            times: times)
        return (body, answeredBy)
    }

    /// Has a shadow asked what its primary was asked, if that was the primary method among others.
    private func compare<Asked: Question>(
        _ shadow: LoadedModel, _ pending: Pending<Asked>, _ answered: Answered
    ) {
        let method = primaryMethod(of: pending.model)
        guard let index = pending.question.methods.firstIndex(of: method) else { return }
        shadows.compare(shadow, with: answered.answers[index], on: pending.question.rows, method: method)
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
        do throws(InferenceError) {
            return try model.plan.evaluate(method, on: rows, threads: settings.threads)
        } catch {
            throw ServingError(error)
        }
    }
}

/// What a request asks of a model, whatever its protocol.
protocol Question: Sendable {
    /// One row per sample.
    var rows: Matrix<Double> { get }
    /// What is to be answered for them, each method once.
    var methods: [PredictionMethod] { get }
}
