import Logging
import Serving
import ServiceLifecycle

/// Turns readiness off as soon as the server is told to stop, before it stops listening.
struct DrainService: Service {
    let registry: ModelRegistry
    let delay: Duration
    let logger: Logger

    func run() async throws {
        do { try await gracefulShutdown() } catch { return }
        registry.beginDraining()
        logger.info("stopping: finishing the requests in flight")
        if delay > .zero { try? await Task.sleep(for: delay) }
    }
}
