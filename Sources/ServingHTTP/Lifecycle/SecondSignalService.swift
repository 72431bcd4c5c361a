import Glibc
import Logging
import ServiceLifecycle
import UnixSignals

/// Ends the process at the second signal to stop: the first one lets requests finish.
struct SecondSignalService: Service {
    let logger: Logger

    func run() async throws {
        let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint)
        await cancelWhenGracefulShutdown {
            var isStopping = false
            for await signal in signals {
                if isStopping {
                    logger.warning("stopping at once: a second signal came")
                    exit(128 + signal.rawValue)
                }
                isStopping = true
            }
        }
    }
}
