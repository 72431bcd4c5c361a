import Serving
import ServiceLifecycle

/// A line of JSON for each request, to standard error or to a file. Lines wait in memory for the thread that writes
/// them; what finds no room is dropped and counted.
package final class AccessLog: Sendable {
    private let outbox = Outbox<[UInt8]>(maximumCount: 65_536, maximumCost: 32 << 20)
    private let file: LogFile

    /// - Parameter path: of the file, which is begun anew where it is moved away; nil for standard error.
    package init(path: String?) {
        file = LogFile(path: path)
    }

    /// Writes the lines.
    var service: any Service {
        let (outbox, file) = (outbox, file)
        return DrainingService(interval: .milliseconds(100)) {
            let lines = outbox.takeAll()
            if !lines.isEmpty { await file.append(lines) }
        }
    }

    var readings: [MetricsPage.Reading] {
        [
            MetricsPage.Reading(
                name: "access_log_lines_dropped_total", help: "Lines that found no room or could not be written.",
                value: .count(outbox.droppedCount + file.failedCount))
        ]
    }

    func log(_ exchange: Exchange, _ trace: TraceContext?) {
        let line = Self.line(exchange, trace)
        outbox.add(line, cost: line.count)
    }

    /// The line of an exchange; members that have no value are left out.
    static func line(_ exchange: Exchange, _ trace: TraceContext?) -> [UInt8] {
        var line = JSONLine(capacity: 384)
        line.add("timestamp", Timestamp.text(nanoseconds: exchange.start))
        line.add("type", "access")
        line.add("protocol", exchange.transport.rawValue)
        line.add("method", exchange.method)
        if !exchange.path.isEmpty { line.add("path", exchange.path.logged) }
        line.add("status", exchange.status)
        line.add("model", exchange.model?.logged)
        line.add("version", exchange.answered?.version)
        if let answered = exchange.answered { line.add("rows", answered.rows) }
        line.add("request_id", exchange.requestID?.logged)
        line.add("trace_id", trace.map { TraceContext.hexadecimal($0.traceID) })
        line.add("span_id", trace.map { TraceContext.hexadecimal($0.spanID) })
        line.add("client", exchange.client)
        line.add("bytes_in", exchange.requestByteCount)
        line.add("bytes_out", exchange.answerByteCount)
        line.add("duration_us", Int(exchange.nanoseconds / 1_000))
        if let times = exchange.answered?.times {
            line.add("read_us", Int(exchange.readNanoseconds / 1_000))
            line.add("decode_us", Int(times.preprocess / 1_000))
            if times.wait > 0 { line.add("wait_us", Int(times.wait / 1_000)) }
            line.add("predict_us", Int(times.predict / 1_000))
            line.add("encode_us", Int(times.postprocess / 1_000))
        }
        return line.ended()
    }
}
