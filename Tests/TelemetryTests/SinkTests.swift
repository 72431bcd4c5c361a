import Logging
import NetworkTestSupport
import Outbound
import Serving
import ServiceLifecycle
import Synchronization
import Testing

@testable import Telemetry

@Suite("Servers that take what is told")
struct SinkTests {
    private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    private var outbound: OutboundSettings {
        var settings = OutboundSettings()
        settings.retries.firstDelay = .milliseconds(10)
        return settings
    }

    private func exchange() -> Exchange {
        var exchange = Exchange(method: "POST", status: 200, start: Clocks.wallNanoseconds(), nanoseconds: 1_000)
        exchange.model = "m"
        return exchange
    }

    private func log(_ payloads: PayloadLog, _ count: Int, id: String? = nil) {
        for _ in 0..<count {
            payloads.log(exchange(), field: { $0 == "ce-id" ? id : nil }) {
                let body = RequestObserver.Body(bytes: Array("{}".utf8), contentType: "application/json")
                return (body, body)
            }
        }
    }

    /// Runs services for as long as some work takes, then lets them end.
    private func running(_ services: [any Service], _ work: @escaping @Sendable () async throws -> Void) async throws {
        let group = ServiceGroup(services: services, logger: logger)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            try await work()
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }

    private func value(_ readings: [MetricsPage.Reading], _ name: String) -> UInt64? {
        readings.first { "\($0.name)" == name }.flatMap { if case .count(let count) = $0.value { count } else { nil } }
    }

    private func until(_ condition: () -> Bool) async throws {
        for _ in 0..<6_000 where !condition() { try await Task.sleep(for: .milliseconds(10)) }
        #expect(condition())
    }

    @Test("What waits when the server stops is sent, each event once")
    func flushed() async throws {
        let sink = try await ScriptedServer { _ in [.answer(200)] }
        var settings = PayloadLogSettings(sink: .server(url: sink.url))
        settings.lastTime = .seconds(60)
        let payloads = try PayloadLog(settings, outbound: outbound, logger: logger)
        try await running([payloads.service]) { log(payloads, 100) }
        #expect(sink.requests.count == 200 && value(payloads.readings, "payload_events_sent_total") == 200)
        #expect(Set(sink.requests.compactMap { $0.headers["ce-id"] }).count == 100)
    }

    @Test("A sink that fails for a while gets the event again; one that refuses it does not")
    func retried() async throws {
        let sink = try await ScriptedServer { request in [.answer(request.index == 0 ? 503 : 400)] }
        var settings = PayloadLogSettings(sink: .server(url: sink.url))
        settings.mode = .request
        let payloads = try PayloadLog(settings, outbound: outbound, logger: logger)
        try await running([payloads.service]) {
            log(payloads, 1)
            try await until { value(payloads.readings, "payload_events_failed_total") == 1 }
        }
        #expect(sink.requests.count == 2)
    }

    @Test("While a sink stalls, no more wait than may, and nobody who adds waits")
    func stalled() async throws {
        let isStalled = Atomic(true)
        let sink = try await ScriptedServer { _ in
            isStalled.load(ordering: .relaxed) ? [.wait(.seconds(3)), .answer(200)] : [.answer(200)]
        }
        var settings = PayloadLogSettings(sink: .server(url: sink.url))
        settings.maximumEvents = 50
        let payloads = try PayloadLog(settings, outbound: outbound, logger: logger)
        try await running([payloads.service]) {
            log(payloads, 25)
            try await until { !sink.requests.isEmpty }
            log(payloads, 1_000)
            isStalled.store(false, ordering: .relaxed)
            try await until { value(payloads.readings, "payload_events_sent_total") == 100 }
        }
        #expect(value(payloads.readings, "payload_events_dropped_total") == 1_950)
    }

    @Test("A share of the exchanges is logged, request and answer together, the same on every replica")
    func sampled() async throws {
        let sink = try await ScriptedServer { _ in [.answer(200)] }
        var settings = PayloadLogSettings(sink: .server(url: sink.url))
        settings.share = 0.3
        settings.lastTime = .seconds(60)
        let replicas = try (0..<2).map { _ in try PayloadLog(settings, outbound: outbound, logger: logger) }
        try await running(replicas.map(\.service)) {
            for number in 0..<200 { for replica in replicas { log(replica, 1, id: "id-\(number)") } }
        }
        let counts = Dictionary(grouping: sink.requests.compactMap { $0.headers["ce-id"] }) { $0 }.mapValues(\.count)
        #expect(counts.values.allSatisfy { $0 == 4 } && 35...85 ~= counts.count, "\(counts.count) of 200")
    }

    @Test("A collector that is away for a while gets the spans, in batches; what OTLP does not try again is not")
    func spans() async throws {
        let collector = try await ScriptedServer { request in
            [.answer(request.index == 0 ? 429 : request.index == 2 ? 500 : 200, headers: [("Retry-After", "0")])]
        }
        var settings = try #require(try TraceSettings(environment: [:], endpoint: collector.url, version: "1"))
        settings.maximumBatch = 10
        settings.maximumSpans = 30
        let tracer = try RequestTracer(settings, outbound: outbound, logger: logger)
        try await running([tracer.service]) {
            for _ in 0..<40 { _ = tracer.trace(exchange()) { _ in nil } }
            try await until { collector.requests.count == 4 && value(tracer.readings, "trace_spans_sent_total") == 20 }
        }
        #expect(collector.requests.count == 4)
        #expect(value(tracer.readings, "trace_spans_sent_total") == 20)
        #expect(value(tracer.readings, "trace_spans_failed_total") == 10)
        #expect(value(tracer.readings, "trace_spans_dropped_total") == 10)
    }

    @Test("OpenTelemetry's variables name the collector, its headers, the service and the sampler")
    func variables() throws {
        let named = try #require(
            try TraceSettings(
                environment: [
                    "OTEL_EXPORTER_OTLP_ENDPOINT": "http://a:4318/", "OTEL_EXPORTER_OTLP_HEADERS": "key=a%20b, x=y",
                    "OTEL_RESOURCE_ATTRIBUTES": "service.name=z,team=ops", "OTEL_SERVICE_NAME": "detector",
                    "OTEL_TRACES_SAMPLER": "parentbased_traceidratio", "OTEL_TRACES_SAMPLER_ARG": "0.5",
                ], endpoint: nil, version: "1"))
        #expect(named.url == "http://a:4318/v1/traces" && named.fields == ["key": "a b", "x": "y"])
        #expect(named.resource == ["service.name": "detector", "service.version": "1", "team": "ops"])
        #expect(named.sampler == TraceSampler(share: 0.5))
        let exact = ["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "http://b/x", "OTEL_EXPORTER_OTLP_ENDPOINT": "http://a"]
        #expect(try TraceSettings(environment: exact, endpoint: nil, version: "1")?.url == "http://b/x")
        #expect(try TraceSettings(environment: exact, endpoint: "http://c", version: "1")?.url == "http://c/v1/traces")
        let empty = ["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "", "OTEL_EXPORTER_OTLP_HEADERS": "key=ab#c%3d"]
        let flagged = try TraceSettings(environment: empty, endpoint: "http://c", version: "1")
        #expect(flagged?.url == "http://c/v1/traces" && flagged?.fields == ["key": "ab#c="])
        #expect(throws: TraceSettings.Failure.self) {
            try TraceSettings(
                environment: ["OTEL_EXPORTER_OTLP_HEADERS": "key=%+1"], endpoint: "http://c", version: "1")
        }
        #expect(try TraceSettings(environment: [:], endpoint: nil, version: "1") == nil)
        #expect(
            try TraceSettings(environment: ["OTEL_SDK_DISABLED": "true"], endpoint: "http://a", version: "1") == nil)
        for variable in ["OTEL_EXPORTER_OTLP_HEADERS", "OTEL_RESOURCE_ATTRIBUTES", "OTEL_TRACES_SAMPLER"] {
            let error = #expect(throws: TraceSettings.Failure.self) {
                try TraceSettings(environment: [variable: "hidden"], endpoint: "http://a", version: "1")
            }
            #expect(error?.description.contains(variable) == true)
            #expect(error?.description.contains("hidden") == (variable == "OTEL_TRACES_SAMPLER"))
        }
    }
}
