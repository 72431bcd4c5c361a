package import Logging
import NIOPosix
import ServiceLifecycle

/// Looks again and again whether the server's certificate or its clients' keys were renewed.
package struct RenewalService: Service {
    private let identity: TLSIdentity?
    private let gate: AccessGate?
    private let interval: Duration
    private let logger: Logger

    /// - Parameter interval: the time between two looks.
    package init(identity: TLSIdentity?, gate: AccessGate?, interval: Duration, logger: Logger) {
        self.identity = identity
        self.gate = gate
        self.interval = interval
        self.logger = logger
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                try? await Task.sleep(for: interval)
                let (identity, gate) = (identity, gate)
                let events = try? await NIOThreadPool.singleton.runIfActive {
                    (identity?.refresh(), gate?.refresh())
                }
                tell("certificate", events?.0)
                tell("keys", events?.1)
            }
        }
    }

    private func tell(_ what: String, _ event: RenewalEvent?) {
        switch event {
        case .renewed: logger.info("\(what) renewed")
        case .refused(let reason): logger.error("\(what) not renewed, what was before goes on: \(reason)")
        case nil: break
        }
    }
}

/// What a look at files that may be renewed found, if they are not as they were.
package enum RenewalEvent: Equatable {
    /// What they hold now counts.
    case renewed
    /// What they held before goes on, for a reason.
    case refused(String)
}
