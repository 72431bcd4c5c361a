import Synchronization

/// What is known of a model that the server should answer for.
package enum ModelState: Sendable {
    /// There is no file to load yet.
    case waiting(reason: String)
    /// Its file could not be loaded, and no earlier one was.
    case failed(reason: String)
    /// It answers.
    case ready(Deployment)
    /// A client had it unloaded, and it does not answer until one has it loaded.
    case unloaded
}

/// The models of a server by name, shared by all requests.
///
/// A request takes one ``Deployment`` and keeps it, so a model replaced meanwhile does not touch it.
package final class ModelRegistry: Sendable {
    private struct State {
        var models: [String: ModelState] = [:]
        /// What the answers of each version are counted on, kept when it stops answering so that counts only rise.
        var meters: [String: [String: ModelMeter]] = [:]
        var isDraining = false
    }

    private let state = Mutex(State())

    package init() {}

    /// The names of all models but the unloaded ones, sorted.
    package var names: [String] {
        models.compactMap { name, state in if case .unloaded = state { nil } else { name } }.sorted()
    }

    /// All models, by name.
    package var models: [String: ModelState] { state.withLock { $0.models } }

    /// The model of a name.
    ///
    /// - Throws: ``ServingError`` with KServe's sentence if there is none, or it does not answer yet.
    package func deployment(_ name: String) throws(ServingError) -> Deployment {
        switch state.withLock({ $0.models[name] }) {
        case .ready(let deployment): return deployment
        case .waiting(let reason), .failed(let reason): throw .modelNotReady(name, reason)
        case .unloaded, nil: throw .modelNotFound(name)
        }
    }

    /// Why the server should get no requests now, by model; empty if it should.
    ///
    /// Models that answer with an earlier file count as ready, and so do those that a client had unloaded. A server
    /// without any model is not ready.
    package var obstacles: [String: String] {
        state.withLock { state in
            if state.isDraining { return ["server": "shutting down"] }
            if state.models.isEmpty { return ["server": "no model found yet"] }
            return state.models.compactMapValues { model in
                switch model {
                case .waiting(let reason), .failed(let reason): reason
                case .ready, .unloaded: nil
                }
            }
        }
    }

    /// Says from now on that the server should get no requests, while it answers those that come.
    package func beginDraining() { state.withLock { $0.isDraining = true } }

    /// A model answers from now on.
    package func set(_ deployment: Deployment) {
        state.withLock { $0.models[deployment.promoted.name] = .ready(deployment) }
    }

    /// A model answers from now on, in one version.
    package func set(_ model: LoadedModel) { set(Deployment(promoted: model)) }

    /// There is no file for a model; one loaded earlier keeps answering.
    package func setWaiting(_ name: String, reason: String) {
        setProblem(name, reason, otherwise: .waiting(reason: reason))
    }

    /// A model's file could not be loaded; one loaded earlier keeps answering.
    package func setFailed(_ name: String, reason: String) {
        setProblem(name, reason, otherwise: .failed(reason: reason))
    }

    private func setProblem(_ name: String, _ reason: String, otherwise: ModelState) {
        state.withLock { state in
            if case .ready(let deployment) = state.models[name] {
                state.models[name] = .ready(deployment.with(problem: reason))
            } else {
                state.models[name] = otherwise
            }
        }
    }

    /// A model does not answer from now on, since a client wants it so.
    package func setUnloaded(_ name: String) { state.withLock { $0.models[name] = .unloaded } }

    /// Makes the models of these names known.
    package func announce(_ names: some Sequence<String>) {
        state.withLock { state in
            for name in names where state.models[name] == nil {
                state.models[name] = .waiting(reason: "loading")
            }
        }
    }

    /// Forgets a model and what was counted of it.
    package func remove(_ name: String) {
        state.withLock { state in
            state.models[name] = nil
            state.meters[name] = nil
        }
    }

    /// What the answers of a version are counted on.
    func meter(of name: String, version: String?) -> ModelMeter {
        state.withLock { state in
            if let meter = state.meters[name]?[version ?? ""] { return meter }
            let meter = ModelMeter()
            state.meters[name, default: [:]][version ?? ""] = meter
            return meter
        }
    }
}
