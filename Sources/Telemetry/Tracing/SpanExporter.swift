import FoundationEssentials
import Logging
import Outbound
import Serving
import SwiftProtobuf
import Synchronization

/// Sends spans to a collector by OTLP over HTTP, in its binary form.
final class SpanExporter: Sendable {
    private let settings: TraceSettings
    private let resource: Apus_Otlp_Resource
    private let outbox: Outbox<RecordedSpan.Record>
    private let client: OutboundClient
    private let logger: Logger
    private let state = Mutex((sent: UInt64(0), failed: UInt64(0), isFailing: false))

    /// - Throws: ``OutboundError/Code/invalid`` if the collector's address is no URL.
    init(_ settings: TraceSettings, outbound: OutboundSettings, logger: Logger) throws(OutboundError) {
        self.settings = settings
        self.logger = logger
        resource = .with { resource in
            resource.attributes = settings.resource.sorted { $0.key < $1.key }.map { key, value in
                .with {
                    $0.key = key
                    $0.value.stringValue = value
                }
            }
        }
        outbox = Outbox(maximumCount: settings.maximumSpans)
        var outbound = outbound
        outbound.answerTimeout = .seconds(10)
        outbound.maximumRedirects = 0
        // OTLP 1.x, "Retryable response codes": 429, 502, 503 and 504.
        outbound.retries.finalStatuses = [500, 501, 505]
        client = try OutboundClient(outbound, logger: logger)
        _ = try OutboundRequest(.post, settings.url)
    }

    var readings: [MetricsPage.Reading] {
        let (sent, failed, _) = state.withLock { $0 }
        return [
            MetricsPage.Reading(
                name: "trace_spans_sent_total", help: "Spans that the collector took.", value: .count(sent)),
            MetricsPage.Reading(
                name: "trace_spans_dropped_total", help: "Spans that found no room.",
                value: .count(outbox.droppedCount)),
            MetricsPage.Reading(
                name: "trace_spans_failed_total", help: "Spans that the collector did not take.",
                value: .count(failed)),
        ]
    }

    func add(_ span: RecordedSpan.Record) { outbox.add(span) }

    /// Sends all that wait.
    func send() async {
        var rest = outbox.takeAll()[...]
        while !rest.isEmpty {
            await send(Array(rest.prefix(settings.maximumBatch)))
            rest = rest.dropFirst(settings.maximumBatch)
        }
    }

    private func send(_ spans: [RecordedSpan.Record]) async {
        do {
            let body: [UInt8] = try message(of: spans).serializedBytes()
            let fields = settings.fields.merging(["Content-Type": "application/x-protobuf"]) { $1 }
            var request = try OutboundRequest(.post, settings.url, headers: fields, body: body)
            request.isRepeatable = true
            let answer = try await client.answer(to: request)
            try answer.head.requireSuccess()
            tell(spans.count, nil)
        } catch {
            tell(spans.count, error)
        }
    }

    private func message(of spans: [RecordedSpan.Record]) -> Apus_Otlp_ExportTraces {
        .with {
            $0.resourceSpans = [
                .with {
                    $0.resource = resource
                    $0.scopeSpans = [
                        .with {
                            $0.scope.name = "apus"
                            $0.scope.version = ApusVersion.current
                            $0.spans = spans.map(Apus_Otlp_Span.init)
                        }
                    ]
                }
            ]
        }
    }

    /// Counts, and tells in the log when it begins to fail and when it is well again.
    private func tell(_ count: Int, _ error: (any Error)?) {
        let isNews = state.withLock { state in
            if error == nil { state.sent += UInt64(count) } else { state.failed += UInt64(count) }
            defer { state.isFailing = error != nil }
            return state.isFailing != (error != nil)
        }
        guard isNews else { return }
        if let error { logger.error("traces are not sent: \(error)") } else { logger.info("traces are sent again") }
    }
}
