import Glibc
import Logging
import Serving
import ServingHTTP

/// The environment variables of KServe's server that `apus serve` reads, once, at its start.
struct ServeEnvironment {
    /// `KSERVE_LOGLEVEL`.
    let logLevel: Logger.Level
    /// `PREDICT_PROBA`.
    let prefersProbabilities: Bool

    /// `KSERVE_TLS_CERT_FILE` and `KSERVE_TLS_KEY_FILE`.
    let certificateFile: String?
    let keyFile: String?

    /// `CE_TYPE`, `CE_SOURCE` and `CE_MERGE`.
    let cloudEvents: CloudEventSettings

    init() {
        logLevel = Self.variable("KSERVE_LOGLEVEL").flatMap { Logger.Level(kserve: $0) } ?? .info
        prefersProbabilities = Self.variable("PREDICT_PROBA")?.lowercased() == "true"
        certificateFile = Self.variable("KSERVE_TLS_CERT_FILE")
        keyFile = Self.variable("KSERVE_TLS_KEY_FILE")
        var events = CloudEventSettings()
        if let type = Self.variable("CE_TYPE") { events.type = type }
        events.source = Self.variable("CE_SOURCE")
        events.mergesAttributes = Self.variable("CE_MERGE")?.lowercased() == "true"
        cloudEvents = events
    }

    private static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}
