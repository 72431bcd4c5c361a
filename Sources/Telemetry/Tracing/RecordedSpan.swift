import Instrumentation
import Synchronization
import Tracing

/// A span that is recorded, and goes to its exporter when it ends.
final class RecordedSpan: Tracing.Span {
    /// What is known of a span.
    struct Record: Sendable {
        var name: String
        let kind: SpanKind
        let context: TraceContext
        let parentID: UInt64?
        let start: UInt64
        var end: UInt64?
        var attributes = SpanAttributes()
        var events: [SpanEvent] = []
        var links: [TraceContext] = []
        var status: SpanStatus?
    }

    /// Where in the trace it is.
    let context: InstrumentationContext
    private let record: Mutex<Record>
    private let exporter: SpanExporter

    init(_ record: Record, in context: InstrumentationContext, _ exporter: SpanExporter) {
        self.context = context
        self.record = Mutex(record)
        self.exporter = exporter
    }

    var isRecording: Bool { record.withLock { $0.end == nil } }

    var operationName: String {
        get { record.withLock { $0.name } }
        set { record.withLock { $0.name = newValue } }
    }

    var attributes: SpanAttributes {
        get { record.withLock { $0.attributes } }
        set { record.withLock { $0.attributes = newValue } }
    }

    func setStatus(_ status: SpanStatus) { record.withLock { $0.status = status } }

    func addEvent(_ event: SpanEvent) { record.withLock { $0.events.append(event) } }

    func recordError<Instant: TracerInstant>(
        _ error: any Error, attributes: SpanAttributes, at instant: @autoclosure () -> Instant
    ) {
        var attributes = attributes
        attributes["exception.type"] = "\(type(of: error))"
        attributes["exception.message"] = "\(error)"
        addEvent(SpanEvent(name: "exception", at: instant(), attributes: attributes))
    }

    func addLink(_ link: SpanLink) {
        guard let context = link.context.trace else { return }
        record.withLock { $0.links.append(context) }
    }

    func end<Instant: TracerInstant>(at instant: @autoclosure () -> Instant) {
        let end = instant().nanosecondsSinceEpoch
        let ended = record.withLock { record -> Record? in
            guard record.end == nil else { return nil }
            record.end = end
            return record
        }
        if let ended { exporter.add(ended) }
    }
}

/// Where contexts keep their place in a trace.
private enum TraceKey: InstrumentationContextKey {
    typealias Value = TraceContext
    static var nameOverride: String? { "trace" }
}

extension InstrumentationContext {
    /// The place in a trace.
    var trace: TraceContext? {
        get { self[TraceKey.self] }
        set { self[TraceKey.self] = newValue }
    }
}
