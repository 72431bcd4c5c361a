import Logging
import NIOPosix
import ServiceLifecycle

/// Looks again and again whether the server's certificate was renewed.
struct TLSRenewalService: Service {
    let identity: TLSIdentity
    let interval: Duration
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                try? await Task.sleep(for: interval)
                let identity = identity
                switch try? await NIOThreadPool.singleton.runIfActive({ identity.refresh() }) {
                case .some(.renewed): logger.info("certificate renewed")
                case .some(.refused(let reason)):
                    logger.error("certificate not renewed, the one before serves on: \(reason)")
                case .none: break
                }
            }
        }
    }
}
