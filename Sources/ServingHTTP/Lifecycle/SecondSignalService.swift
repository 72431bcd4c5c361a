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
            var first: ContinuousClock.Instant?
            for await signal in signals {
                guard let first else {
                    first = .now
                    continue
                }
                // Programs like timeout(1) signal the process and its group, which makes two of one.
                guard first.duration(to: .now) > .milliseconds(100) else { continue }
                logger.warning("stopping at once: a second signal came")
                exit(128 + signal.rawValue)
            }
        }
    }
}
