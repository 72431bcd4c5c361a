import Glibc
public import Logging
import Serving

/// Writes each log event as one line of JSON to standard error.
///
/// A line begins with `timestamp`, `level` and `message`; metadata follow as members of their own, sorted by name.
public struct JSONLogHandler: LogHandler {
    /// Events below this level are not written.
    public var logLevel: Logger.Level
    /// What every line says besides its event.
    public var metadata: Logger.Metadata = [:]
    private let descriptor: Int32

    /// A handler for events of a level and above.
    ///
    /// - Parameter descriptor: the open file to write to; standard error if not given.
    public init(level: Logger.Level = .info, descriptor: Int32? = nil) {
        logLevel = level
        self.descriptor = descriptor ?? STDERR_FILENO
    }

    /// One of ``metadata``, by its name.
    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    /// Writes the line with one system call, so that lines of several threads do not mix.
    public func log(event: LogEvent) {
        let line = Self.line(event, metadata, nanoseconds: Clocks.wallNanoseconds())
        _ = Glibc.write(descriptor, line, line.count)
    }

    /// An event as a line.
    static func line(_ event: LogEvent, _ metadata: Logger.Metadata, nanoseconds: Int64) -> [UInt8] {
        var writer = JSONWriter(capacity: 256)
        writer.raw("{\"timestamp\":")
        writer.string(Timestamp.text(nanoseconds: nanoseconds))
        writer.raw(",\"level\":")
        writer.string(event.level.rawValue)
        writer.raw(",\"message\":")
        writer.string(event.message.description)
        let fields = metadata.merging(event.metadata ?? [:]) { _, own in own }
        for (name, value) in fields.sorted(by: { $0.key < $1.key }) {
            writer.raw(",")
            writer.key(name)
            writer.string("\(value)")
        }
        writer.raw("}\n")
        return writer.bytes
    }
}

extension Logger.Level {
    /// The level that KServe's variable `KSERVE_LOGLEVEL` names, such as `INFO`; nil for anything else.
    public init?(kserve name: String) {
        switch name.uppercased() {
        case "CRITICAL", "FATAL": self = .critical
        case "ERROR": self = .error
        case "WARNING", "WARN": self = .warning
        case "INFO": self = .info
        case "DEBUG": self = .debug
        case "TRACE", "NOTSET": self = .trace
        default: return nil
        }
    }
}
