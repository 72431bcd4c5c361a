import Logging
import NIOPosix
import Serving
import ServiceLifecycle

/// Looks at the model files again and again.
struct PollingService: Service {
    let poller: ModelPoller
    let interval: Duration
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var poller = poller
            while !Task.isCancelled {
                await report(Self.poll(&poller))
                try? await Task.sleep(for: interval)
            }
        }
    }

    /// Looks once, on a thread of its own: reading a large model takes long and must not hold up requests.
    private static func poll(_ poller: inout ModelPoller) async -> [ModelPoller.Event] {
        let current = poller
        let result = try? await NIOThreadPool.singleton.runIfActive {
            var next = current
            let events = next.poll()
            return (next, events)
        }
        guard let (next, events) = result else { return [] }
        poller = next
        return events
    }

    private func report(_ events: [ModelPoller.Event]) {
        for event in events {
            switch event {
            case .loaded(let model):
                logger.info(
                    "model loaded",
                    metadata: [
                        "model": "\(model.name)", "load_seconds": "\(model.loadSeconds)",
                        "features": "\(model.featureCount)",
                        "sklearn_version": "\(model.scikitLearnVersion ?? "unknown")",
                    ]
                )
            case .failed(let name, let path, let reason):
                logger.error("model failed to load: \(reason)", metadata: ["model": "\(name)", "path": "\(path)"])
            case .waiting(let name, let reason):
                logger.info("model not ready: \(reason)", metadata: ["model": "\(name)"])
            }
        }
    }
}
