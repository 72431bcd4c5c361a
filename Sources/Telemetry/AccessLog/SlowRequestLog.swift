package import Logging
import Serving
import Synchronization

/// A warning for requests that take long, with what took how long; a few each second, since slowness comes in floods.
package final class SlowRequestLog: Sendable {
    /// How many warnings a second.
    private static let maximumPerSecond = 10

    private struct State {
        var second: Int64 = 0
        var count = 0
    }

    private let nanoseconds: Int64
    private let logger: Logger
    private let state = Mutex(State())

    /// - Parameter threshold: how long a request may take without a warning.
    package init(threshold: Duration, logger: Logger) {
        nanoseconds = Int64(threshold / .nanoseconds(1))
        self.logger = logger
    }

    func log(_ exchange: Exchange, _ trace: TraceContext?) {
        guard exchange.nanoseconds >= nanoseconds, hasRoom(exchange.start / 1_000_000_000) else { return }
        var metadata: Logger.Metadata = [
            "method": "\(exchange.method)", "status": "\(exchange.status)",
            "milliseconds": "\(Self.milliseconds(exchange.nanoseconds))",
            "read": "\(Self.milliseconds(exchange.readNanoseconds))",
        ]
        metadata["path"] = exchange.path.isEmpty ? nil : "\(exchange.path.logged)"
        metadata["request_id"] = exchange.requestID.map { "\($0.logged)" }
        metadata["trace_id"] = trace.map { "\(TraceContext.hexadecimal($0.traceID))" }
        if let answered = exchange.answered {
            metadata["model"] = "\(answered.model)"
            metadata["rows"] = "\(answered.rows)"
            metadata["decode"] = "\(Self.milliseconds(answered.times.preprocess))"
            metadata["wait"] = answered.times.wait > 0 ? "\(Self.milliseconds(answered.times.wait))" : nil
            metadata["predict"] = "\(Self.milliseconds(answered.times.predict))"
            metadata["encode"] = "\(Self.milliseconds(answered.times.postprocess))"
        }
        logger.warning("slow request", metadata: metadata)
    }

    private func hasRoom(_ second: Int64) -> Bool {
        state.withLock { state in
            if state.second != second { state = State(second: second) }
            state.count += 1
            return state.count <= Self.maximumPerSecond
        }
    }

    private static func milliseconds(_ nanoseconds: Int64) -> Double { Double(nanoseconds / 1_000) / 1_000 }
}
