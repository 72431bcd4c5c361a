import Instrumentation
import Tracing

/// Makes spans for swift-distributed-tracing, and hands those that are sampled to an exporter.
struct SpanTracer: Tracer {
    let sampler: TraceSampler
    let exporter: SpanExporter

    func startSpan<Instant: TracerInstant>(
        _ operationName: String, context: @autoclosure () -> InstrumentationContext, ofKind kind: SpanKind,
        at instant: @autoclosure () -> Instant, function: String, file fileID: String, line: UInt
    ) -> RecordedSpan {
        var context = context()
        let parent = context.trace
        let id = parent?.traceID ?? .random()
        let own = TraceContext(
            traceID: id, spanID: .random(in: 1 ... .max), isSampled: sampler.isSampled(parent, id),
            state: parent?.state)
        context.trace = own
        let record = RecordedSpan.Record(
            name: operationName, kind: kind, context: own, parentID: parent?.spanID,
            start: instant().nanosecondsSinceEpoch)
        return RecordedSpan(record, in: context, exporter)
    }

    func activeSpan(identifiedBy context: InstrumentationContext) -> RecordedSpan? { nil }

    func forceFlush() {}

    func extract<Carrier, Extract: Extractor>(
        _ carrier: Carrier, into context: inout InstrumentationContext, using extractor: Extract
    ) where Extract.Carrier == Carrier {
        context.trace = TraceContext { extractor.extract(key: $0, from: carrier) } ?? context.trace
    }

    func inject<Carrier, Inject: Injector>(
        _ context: InstrumentationContext, into carrier: inout Carrier, using injector: Inject
    ) where Inject.Carrier == Carrier {
        guard let trace = context.trace else { return }
        injector.inject(trace.parent, forKey: "traceparent", into: &carrier)
        if let state = trace.state { injector.inject(state, forKey: "tracestate", into: &carrier) }
    }
}
