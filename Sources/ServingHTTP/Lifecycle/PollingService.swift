import Logging
import Serving
import ServiceLifecycle

/// Looks at the model files again and again.
struct PollingService: Service {
    let catalog: ModelCatalog
    let interval: Duration
    let logger: Logger

    func run() async throws {
        let thread = BackgroundThread()
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                let catalog = catalog
                let events = await thread.run { catalog.poll() }
                for event in events ?? [] { event.log(to: logger) }
                try? await Task.sleep(for: interval)
            }
        }
        await thread.end()
    }
}

extension ModelPoller.Event {
    /// Writes the line.
    func log(to logger: Logger) {
        switch self {
        case .loaded(let model):
            var metadata: Logger.Metadata = [
                "model": "\(model.name)", "load_seconds": "\(model.loadSeconds)", "features": "\(model.featureCount)",
                "sklearn_version": "\(model.scikitLearnVersion ?? "unknown")",
            ]
            metadata["version"] = model.version.map { "\($0)" }
            logger.info("model loaded", metadata: metadata)
        case .failed(let name, let path, let reason):
            logger.error("model failed to load: \(reason)", metadata: ["model": "\(name)", "path": "\(path)"])
        case .notReady(let name, let reason):
            logger.info("model not ready: \(reason)", metadata: ["model": "\(name)"])
        case .problem(let name, let reason):
            logger.warning("model serves as before: \(reason)", metadata: ["model": "\(name)"])
        case .removed(let name):
            logger.info("model removed", metadata: ["model": "\(name)"])
        }
    }
}
