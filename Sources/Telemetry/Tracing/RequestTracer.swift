import Instrumentation
package import Logging
package import Outbound
import Serving
import ServiceLifecycle
import Tracing

/// Traces requests: a span for each that is sampled, and within it one for each of its parts.
///
/// Spans are made when all is over, from the times that were taken: a request that is not sampled costs a look at its
/// fields.
package final class RequestTracer: Sendable {
    private let tracer: SpanTracer
    private let sampler: TraceSampler

    /// - Throws: ``OutboundError/Code/invalid`` if the collector's address is no URL.
    package init(
        _ settings: TraceSettings, outbound: OutboundSettings = OutboundSettings(), logger: Logger
    ) throws(OutboundError) {
        sampler = settings.sampler
        tracer = SpanTracer(
            sampler: settings.sampler, exporter: try SpanExporter(settings, outbound: outbound, logger: logger))
    }

    /// Sends the spans.
    var service: any Service {
        let exporter = tracer.exporter
        return DrainingService(interval: .seconds(1)) { await exporter.send() }
    }

    var readings: [MetricsPage.Reading] { tracer.exporter.readings }

    /// Makes the spans of an exchange.
    ///
    /// - Returns: its place in the trace; where it is not sampled, that of its caller.
    func trace(_ exchange: Exchange, field: (String) -> String?) -> TraceContext? {
        let parent = TraceContext(field: field)
        var context = InstrumentationContext.topLevel
        let id = parent?.traceID ?? .random()
        guard sampler.isSampled(parent, id) else { return parent }
        context.trace = parent
        let span = tracer.startSpan(
            Self.name(of: exchange), context: context, ofKind: .server, at: Instant(exchange.start))
        span.attributes = Self.attributes(of: exchange)
        if exchange.isServerFailure { span.setStatus(SpanStatus(code: .error)) }
        addParts(of: exchange, in: span.context)
        span.end(at: Instant(exchange.start + exchange.nanoseconds))
        return span.context.trace
    }

    /// A span for each part, one after the other: they end with the exchange.
    private func addParts(of exchange: Exchange, in context: InstrumentationContext) {
        guard let answered = exchange.answered else { return }
        let times = answered.times
        var start = exchange.start
        for (name, nanoseconds) in [
            ("read", exchange.readNanoseconds), ("decode", times.preprocess), ("wait", times.wait),
            ("predict", times.predict), ("encode", times.postprocess),
        ] where name != "wait" || nanoseconds > 0 {
            let span = tracer.startSpan(name, context: context, ofKind: .internal, at: Instant(start))
            if name == "predict" { span.attributes["apus.rows"] = answered.rows }
            start += nanoseconds
            span.end(at: Instant(start))
        }
    }

    /// OpenTelemetry's semantic conventions for HTTP spans and for RPC spans.
    private static func name(of exchange: Exchange) -> String {
        exchange.transport == .http ? "\(exchange.method) \(exchange.route)" : exchange.method
    }

    private static func attributes(of exchange: Exchange) -> SpanAttributes {
        var attributes = SpanAttributes()
        switch exchange.transport {
        case .http:
            attributes["http.request.method"] = exchange.method
            attributes["http.route"] = exchange.route
            attributes["url.path"] = exchange.path.prefix { $0 != "?" }.logged
            attributes["http.response.status_code"] = exchange.status
            attributes["http.request.body.size"] = exchange.requestByteCount
            attributes["http.response.body.size"] = exchange.answerByteCount
        case .grpc:
            let parts = exchange.method.split(separator: "/", maxSplits: 1).map(String.init)
            attributes["rpc.system"] = "grpc"
            attributes["rpc.service"] = parts.first
            attributes["rpc.method"] = parts.last
            attributes["rpc.grpc.status_code"] = exchange.status
        }
        attributes["apus.model"] = exchange.model?.logged
        attributes["apus.model.version"] = exchange.answered?.version
        attributes["apus.request_id"] = exchange.requestID?.logged
        return attributes
    }
}

/// A moment, in nanoseconds since 1970.
private struct Instant: TracerInstant {
    let nanosecondsSinceEpoch: UInt64

    init(_ nanoseconds: Int64) { nanosecondsSinceEpoch = UInt64(max(0, nanoseconds)) }

    static func < (left: Instant, right: Instant) -> Bool {
        left.nanosecondsSinceEpoch < right.nanosecondsSinceEpoch
    }
}
