import Foundation
import NetworkTestSupport
import TestSupport
import Testing

@Suite("What a server tells of its requests")
struct TelemetryTests {
    private let folder = TemporaryFolder()
    private static let parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

    private struct Span: Decodable {
        struct Attribute: Decodable, Equatable {
            let text: String

            init(from decoder: any Decoder) throws {
                let container = try decoder.singleValueContainer()
                text = try (try? container.decode(Int.self)).map { String($0) } ?? container.decode(String.self)
            }
        }
        let trace: String
        let span: String
        let parent: String
        let state: String
        let name: String
        let kind: String
        let start: UInt64
        let end: UInt64
        let status: String
        let attributes: [String: Attribute]
        let service: [String: String]
    }

    private struct Event: Decodable {
        struct Body: Decodable, Equatable {
            var instances: [[Double]]?
            var predictions: [Int]?
            var error: String?
        }
        let attributes: [String: String]
        let data: Body
    }

    private func collected<Report: Decodable>(_ kind: String, _ files: [String]) throws -> Report {
        let output = try PythonEnvironment("peers").run(
            URL(filePath: "\(ExampleModel.root)/Tests/SystemTests/collected.py"), [kind] + files)
        return try JSONDecoder().decode(Report.self, from: Data(output.utf8))
    }

    private func curl(_ port: Int, _ fields: [String], _ body: String, path: String = ExampleModel.predict) throws {
        let words = fields.map { "-H '\($0)'" }.joined(separator: " ")
        let outcome = try BuiltTool.shell(
            "curl -s -o /dev/null \(words) -d '\(body)' http://127.0.0.1:\(port)\(path)")
        #expect(outcome.exitCode == 0)
    }

    /// Requests that a server has got, once they are as many.
    private func requests(_ server: ScriptedServer, _ count: Int) async throws -> [ScriptedServer.Request] {
        for _ in 0..<500 {
            if server.requests.count >= count { return server.requests }
            try await Task.sleep(for: .milliseconds(20))
        }
        throw ServerProcess.Failure(description: "only \(server.requests.count) requests came")
    }

    @Test("Spans reach a collector that understands OTLP, below those of their callers, with the parts of a prediction")
    func traces() async throws {
        let collector = try await ScriptedServer { _ in [.answer(200)] }
        let (server, port) = try await ExampleModel.served(["--otlp-endpoint", collector.url])
        try curl(port, ["traceparent: \(Self.parent)", "tracestate: a=b"], ExampleModel.question)
        try curl(port, ["traceparent: \(Self.parent.dropLast())0"], ExampleModel.question)
        try curl(port, ["b3: 80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd1-1"], "[]")
        let sent = try await requests(collector, 1)
        #expect(sent.allSatisfy { $0.target == "/v1/traces" && $0.headers["content-type"] == "application/x-protobuf" })
        try await Task.sleep(for: .milliseconds(1_500))
        let files = collector.requests.enumerated().map { index, request in
            folder.write(request.body, to: "\(index)")
            return folder.path("\(index)")
        }
        let spans: [Span] = try collected("traces", files)
        let own = spans.filter { $0.trace == "4bf92f3577b34da6a3ce929d0e0e4736" }
        let root = try #require(own.first { $0.kind == "SPAN_KIND_SERVER" })
        #expect(root.parent == "00f067aa0ba902b7" && root.state == "a=b" && root.name == "POST predict")
        #expect(root.service["service.name"] == "apus" && root.status == "STATUS_CODE_UNSET")
        #expect(root.attributes["http.response.status_code"]?.text == "200")
        #expect(root.attributes["apus.model"]?.text == "anomaly-detector")
        let parts = own.filter { $0.kind == "SPAN_KIND_INTERNAL" }.sorted { ($0.start, $0.end) < ($1.start, $1.end) }
        #expect(Set(parts.map(\.name)) == ["read", "decode", "predict", "encode"] && own.count == 5)
        #expect(parts.allSatisfy { $0.parent == root.span && root.start...root.end ~= $0.end && $0.start <= $0.end })
        #expect(parts.first { $0.name == "predict" }?.attributes["apus.rows"]?.text == "2")
        let refused = try #require(spans.first { $0.trace == "80f198ee56343ba864fe8b2a57d3eff7" })
        #expect(refused.parent == "e457b5a2e4d86bd1" && refused.attributes["http.response.status_code"]?.text == "400")
        withExtendedLifetime(server) {}
    }

    @Test("Bodies reach a sink as CloudEvents, refusals too, with the headers that are asked for and no secret")
    func payloads() async throws {
        let sink = try await ScriptedServer { _ in [.answer(202)] }
        let (server, port) = try await ExampleModel.served([
            "--log_url", sink.url, "--inference-service", "detector", "--namespace", "ops", "--source-uri", "pod-1",
            "--metadata-headers", "x-request-id,Authorization",
        ])
        try curl(port, ["Ce-Id: 7", "X-Request-ID: r1", "Authorization: Bearer hidden"], ExampleModel.question)
        try curl(port, [], #"{"instances": [[1]]}"#)
        let sent = try await requests(sink, 4)
        let files = try sent.enumerated().flatMap { index, request in
            folder.write(request.body, to: "\(index).body")
            folder.write(Array(try JSONSerialization.data(withJSONObject: request.headers)), to: "\(index).fields")
            return [folder.path("\(index).body"), folder.path("\(index).fields")]
        }
        let events: [Event] = try collected("events", files)
        let answered = events.filter { $0.attributes["id"] == "7" }
        let request = try #require(answered.first { $0.attributes["type"] == "org.kubeflow.serving.inference.request" })
        let response = try #require(answered.first { $0.attributes["type"] != request.attributes["type"] })
        #expect(request.data.instances?.count == 2 && response.data.predictions == [1, -1])
        #expect(response.attributes["type"] == "org.kubeflow.serving.inference.response")
        #expect(response.attributes["statuscode"] == "200" && response.attributes["source"] == "pod-1")
        for (name, value) in [
            ("inferenceservicename", "detector"), ("namespace", "ops"), ("component", "predictor"),
            ("endpoint", "default"), ("model", "anomaly-detector"), ("metadata", #"{"x-request-id":["r1"]}"#),
        ] {
            // Header fields hold quotes percent-encoded, which cloudevents leaves as it is.
            #expect(request.attributes[name]?.removingPercentEncoding == value, "\(name)")
        }
        let refusal = try #require(events.first { $0.attributes["statuscode"] == "400" })
        #expect(refusal.data.error?.contains("features") == true)
        #expect(!sent.contains { String(decoding: $0.body, as: UTF8.self).contains("hidden") })
        withExtendedLifetime(server) {}
    }

    @Test("What strangers send is told to no sink")
    func strangers() async throws {
        let digest = try BuiltTool.shell("printf secret | sha256sum | cut -c1-64").output
        folder.write(Array("notebook predict \(digest)".utf8), to: "keys")
        for way in ["framework", "lane"] {
            let sink = "payloads-\(way)"
            let (server, port) = try await ExampleModel.served([
                "--log_url", folder.path(sink), "--log-mode", "request", "--api-keys", folder.path("keys"),
                "--access-log", folder.path("access-\(way)"),
            ])
            // Answered where they are read, and not.
            let form = way == "framework" ? ["Connection: close"] : []
            try curl(port, form, ExampleModel.question)
            try curl(port, form + ["X-API-Key: other"], ExampleModel.question)
            try curl(port, form + ["X-API-Key: secret", "Ce-Id: 1"], ExampleModel.question)
            server.send(SIGTERM)
            #expect(try await server.exitCode() == 0)
            let events: [Event] = try collected("lines", [folder.path(sink)])
            #expect(events.map { $0.attributes["id"] } == ["1"])
            let lines = String(decoding: folder.read("access-\(way)"), as: UTF8.self).split(separator: "\n")
            #expect(lines.count == 3 && lines.filter { $0.contains("\"status\":401") }.count == 2)
        }
    }

    @Test("A file takes them too, and a line for each request and a warning for slow ones stand in the logs")
    func files() async throws {
        let (server, port) = try await ExampleModel.served([
            "--log_url", folder.path("payloads"), "--log-mode", "response", "--access-log", folder.path("access"),
            "--slow-requests", "1",
        ])
        try curl(port, ["Ce-Id: 8", "X-Request-ID: a\"b"], ExampleModel.question)
        let rows = "[\(String(repeating: "[0.5,0.6,0.4,100,80],", count: 20_000).dropLast())]"
        folder.write(Array(#"{"instances": \#(rows)}"#.utf8), to: "long")
        let long = try BuiltTool.shell(
            "curl -s -o /dev/null -d @\(folder.path("long")) http://127.0.0.1:\(port)\(ExampleModel.predict)")
        #expect(long.exitCode == 0)
        try await server.wait("it warns") {
            $0.contains("slow request") && $0.contains("\"rows\":\"20000\"") ? true : nil
        }
        server.send(SIGTERM)
        #expect(try await server.exitCode() == 0)
        let events: [Event] = try collected("lines", [folder.path("payloads")])
        #expect(events.first { $0.attributes["id"] == "8" }?.data.predictions == [1, -1] && events.count == 2)
        let lines = try String(contentsOf: URL(filePath: folder.path("access")), encoding: .utf8).split(separator: "\n")
        let first = try #require(
            try JSONSerialization.jsonObject(with: Data(lines[0].utf8)) as? [String: Any])
        #expect(
            first["request_id"] as? String == "a\"b" && first["rows"] as? Int == 2 && first["status"] as? Int == 200)
        #expect(lines.count == 2)
    }
}
