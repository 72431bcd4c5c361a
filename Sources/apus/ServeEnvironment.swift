import Glibc
import Logging
import ServingHTTP

/// The environment variables of KServe's server that `apus serve` reads, once, at its start.
struct ServeEnvironment {
    /// `KSERVE_LOGLEVEL`.
    let logLevel: Logger.Level
    /// `PREDICT_PROBA`.
    let prefersProbabilities: Bool

    init() {
        logLevel = Self.variable("KSERVE_LOGLEVEL").flatMap { Logger.Level(kserve: $0) } ?? .info
        prefersProbabilities = Self.variable("PREDICT_PROBA")?.lowercased() == "true"
    }

    private static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}
