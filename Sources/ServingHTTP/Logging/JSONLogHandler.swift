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
        writer.string(timestamp(nanoseconds))
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

    /// RFC 3339 in UTC, to the microsecond.
    private static func timestamp(_ nanoseconds: Int64) -> String {
        var seconds = time_t(nanoseconds / 1_000_000_000)
        var fields = tm()
        gmtime_r(&seconds, &fields)
        let date = "\(fields.tm_year + 1900)-\(padded(fields.tm_mon + 1))-\(padded(fields.tm_mday))"
        let time = "\(padded(fields.tm_hour)):\(padded(fields.tm_min)):\(padded(fields.tm_sec))"
        let fraction = String(nanoseconds % 1_000_000_000 / 1_000 + 1_000_000).dropFirst()
        return "\(date)T\(time).\(fraction)Z"
    }

    private static func padded(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
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
