import Synchronization

/// The models of a server and what changes them: looks at the files, and clients who have models loaded or unloaded.
///
/// Reading a large model takes long, so nothing here is for a thread that answers requests.
package final class ModelCatalog: Sendable {
    /// The models as requests find them.
    package let registry: ModelRegistry
    private let poller: Mutex<ModelPoller>

    /// A catalog of the models that a poller keeps up to date in a registry.
    package init(registry: ModelRegistry, poller: ModelPoller) {
        self.registry = registry
        self.poller = Mutex(poller)
    }

    /// Looks at all files once.
    package func poll() -> [ModelPoller.Event] { poller.withLock { $0.poll() } }

    /// Loads a model now; see ``ModelPoller/load(_:now:)``.
    package func load(_ name: String) throws(ServingError) -> [ModelPoller.Event] {
        try poller.withLock { poller throws(ServingError) in try poller.load(name) }
    }

    /// Makes a model answer no more until it is loaded again.
    package func unload(_ name: String) throws(ServingError) {
        try poller.withLock { poller throws(ServingError) in try poller.unload(name) }
    }
}
