import TestSupport
import Testing

@testable import Serving

@Suite("Metrics")
struct MetricsPageTests {
    @Test("A duration falls into the bucket whose bound is not below it")
    func buckets() {
        var histogram = Histogram()
        for nanoseconds: Int64 in [0, 99_999, 100_000, 100_001, 10_000_000_000, 10_000_000_001] {
            histogram.observe(nanoseconds: nanoseconds)
        }
        #expect(histogram.counts.first == 3)
        #expect(histogram.counts[1] == 1)
        #expect(histogram.counts.suffix(2) == [1, 1])
        #expect(histogram.count == 6)
        #expect(histogram.sumNanoseconds == 20_000_300_001)
    }

    @Test("Every metric that dashboards know is there, with its type")
    func page() throws {
        let registry = ModelRegistry()
        registry.set(LoadedModel(name: "m\"\\\n", version: "3", plan: StubModel().plan(), loadSeconds: 0.25))
        registry.setWaiting("w", reason: "r")
        let service = V1Service(registry: registry)
        _ = try service.predict("m\"\\\n", body: Array(#"{"instances":[[1,2]]}"#.utf8).span)
        #expect(throws: ServingError.self) { try service.predict("m\"\\\n", body: Array("{".utf8).span) }
        let server = ServerMeter()
        server.begin()
        server.begin()
        server.end(.predict, status: 200)

        let text = MetricsPage.text(registry: registry, server: server)
        let lines = Set(text.split(separator: "\n").map(String.init))
        for (name, type) in [
            ("request_preprocess_seconds", "histogram"), ("request_postprocess_seconds", "histogram"),
            ("request_predict_seconds", "histogram"), ("request_explain_seconds", "histogram"),
            ("model_predictions_total", "counter"), ("model_prediction_latency_seconds", "histogram"),
            ("model_prediction_errors_total", "counter"), ("model_loaded", "gauge"), ("model_load_seconds", "gauge"),
            ("model_age_seconds", "gauge"), ("http_requests_total", "counter"), ("http_requests_in_flight", "gauge"),
            ("process_cpu_seconds_total", "counter"), ("process_resident_memory_bytes", "gauge"),
            ("process_start_time_seconds", "gauge"), ("process_open_fds", "gauge"),
        ] {
            #expect(lines.contains("# TYPE \(name) \(type)"))
            #expect(lines.contains { $0.hasPrefix("# HELP \(name) ") })
        }
        let labels = #"model_name="m\"\\\n",model_version="3""#
        for line in [
            "model_predictions_total{\(labels)} 1", "model_loaded{\(labels)} 1.0", "model_load_seconds{\(labels)} 0.25",
            #"model_loaded{model_name="w",model_version=""} 0.0"#,
            "model_prediction_errors_total{\(labels),error_type=\"malformed_request\"} 1",
            #"request_predict_seconds_bucket{model_name="m\"\\\n",le="+Inf"} 1"#,
            #"request_predict_seconds_count{model_name="m\"\\\n"} 1"#,
            "model_prediction_latency_seconds_count{\(labels)} 1",
            #"http_requests_total{route="predict",code="200"} 1"#, "http_requests_in_flight 1.0",
        ] {
            #expect(lines.contains(line), "missing: \(line)")
        }
    }
}
