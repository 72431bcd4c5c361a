import Synchronization

/// What is known of a model that the server should answer for.
package enum ModelState: Sendable {
    /// There is no file to load yet.
    case waiting(reason: String)
    /// Its file could not be loaded, and no earlier one was.
    case failed(reason: String)
    /// It answers. If its file has changed since and could not be loaded, why.
    case ready(LoadedModel, problem: String?)
}

/// The models of a server by name, shared by all requests.
///
/// A request takes one ``LoadedModel`` and keeps it, so a model replaced meanwhile does not touch it.
package final class ModelRegistry: Sendable {
    private struct State {
        var models: [String: ModelState] = [:]
        var isDraining = false
    }

    private let state = Mutex(State())

    package init() {}

    /// The names of all models, ready or not, sorted.
    package var names: [String] { state.withLock { $0.models.keys.sorted() } }

    /// All models, by name.
    package var models: [String: ModelState] { state.withLock { $0.models } }

    /// The model of a name.
    ///
    /// - Throws: ``ServingError`` with KServe's sentence if there is none, or it does not answer yet.
    package func model(_ name: String) throws(ServingError) -> LoadedModel {
        switch state.withLock({ $0.models[name] }) {
        case .ready(let model, _): return model
        case .waiting(let reason), .failed(let reason): throw .modelNotReady(name, reason)
        case nil: throw .modelNotFound(name)
        }
    }

    /// Why the server should get no requests now, by model; empty if it should.
    ///
    /// Models that answer with an earlier file count as ready. A server without any model is not ready.
    package var obstacles: [String: String] {
        state.withLock { state in
            if state.isDraining { return ["server": "shutting down"] }
            if state.models.isEmpty { return ["server": "no model found yet"] }
            return state.models.compactMapValues { model in
                switch model {
                case .waiting(let reason), .failed(let reason): reason
                case .ready: nil
                }
            }
        }
    }

    /// Says from now on that the server should get no requests, while it answers those that come.
    package func beginDraining() { state.withLock { $0.isDraining = true } }

    /// A model answers from now on.
    package func set(_ model: LoadedModel) {
        state.withLock { $0.models[model.name] = .ready(model, problem: nil) }
    }

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
            if case .ready(let model, _) = state.models[name] {
                state.models[name] = .ready(model, problem: reason)
            } else {
                state.models[name] = otherwise
            }
        }
    }

    /// Makes the models of these names known, and forgets those of other names unless they answer.
    package func announce(_ names: Set<String>) {
        state.withLock { state in
            state.models = state.models.filter { name, model in
                if case .ready = model { return true }
                return names.contains(name)
            }
            for name in names where state.models[name] == nil {
                state.models[name] = .waiting(reason: "loading")
            }
        }
    }

    /// What the answers of a model are counted on: the same for all files of one version, so that counters only rise.
    func meter(of name: String, version: String?) -> ModelMeter {
        if case .ready(let model, _) = state.withLock({ $0.models[name] }), model.version == version {
            return model.meter
        }
        return ModelMeter()
    }
}
