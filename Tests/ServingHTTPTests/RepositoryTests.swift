import HTTPTypes
import Hummingbird
import HummingbirdTesting
import ModelStore
import Serving
import TestSupport
import Testing

@testable import ServingHTTP

@Suite("Model repository over HTTP")
struct RepositoryTests {
    @Test("A model is unloaded and cannot be loaded again where it has no file", arguments: Depth.allCases)
    func unload(depth: Depth) async throws {
        try await TestServer.withModel().test(depth.setup) { client in
            try await client.execute(uri: "/v2/repository/models/m/unload", method: .post) { response in
                #expect(response.status == .ok)
                #expect(String(buffer: response.body) == #"{"name":"m","unload":true}"#)
            }
            try await client.execute(uri: "/v2/repository/index", method: .post) { response in
                #expect(
                    String(buffer: response.body) == #"[{"name":"m","state":"UNAVAILABLE","reason":"unloaded"}]"#)
            }
            try await client.execute(
                uri: "/v2/repository/index", method: .post, body: ByteBuffer(string: #"{"ready":true}"#)
            ) { #expect(String(buffer: $0.body) == "[]") }
            try await client.execute(
                uri: "/v2/repository/index", method: .post, body: ByteBuffer(string: #"{"ready":{}}"#)
            ) { #expect($0.status == .badRequest) }
            try await client.execute(uri: "/v1/models", method: .get) {
                #expect(String(buffer: $0.body) == #"{"models":[]}"#)
            }
            try await client.execute(uri: "/v1/models/m", method: .get) { #expect($0.status == .notFound) }
            try await client.execute(uri: "/v2/repository/models/m/load", method: .post) {
                #expect($0.status == .notFound)
            }
        }
    }

    @Test("A file that is no model is told to whom has it loaded, and leaves no trace of readiness")
    func loadRefused() async throws {
        let folder = TemporaryFolder()
        folder.write(Array("hello".utf8), to: "model.pkl")
        var server = TestServer()
        server.sources = [ModelSource(path: folder.path, name: "m")]
        try await server.test(.router) { client in
            try await client.execute(uri: "/v2/repository/models/m/load", method: .post) { response in
                #expect(response.status == .serviceUnavailable)
                #expect(String(buffer: response.body).hasPrefix(#"{"error":"Model with name m is not ready. "#))
            }
        }
    }

    @Test("What serves is told: versions, their roles and shares, and what is wrong")
    func versions() async throws {
        let server = TestServer()
        func model(_ version: String) -> LoadedModel {
            LoadedModel(name: "m", version: version, plan: StubModel().plan())
        }
        let two = try #require(ModelVersion(2))
        let traffic = try Traffic(canary: .init(version: two, percent: 12.5), shadow: two, pinHeader: "x-version")
        server.registry.set(
            Deployment(promoted: model("1"), canary: model("2"), shadow: model("2"), traffic: traffic, problem: "late"))
        try await server.test(.router) { client in
            try await client.execute(uri: "/v1/models/m", method: .get) { response in
                #expect(
                    String(buffer: response.body)
                        == #"{"name":"m","ready":true,"versions":[{"version":"1","role":"promoted","percent":87.5},"#
                        + #"{"version":"2","role":"canary","percent":12.5},{"version":"2","role":"shadow"}],"#
                        + #""problem":"late"}"#)
            }
            try await client.execute(
                uri: "/v1/models/m:predict", method: .post, headers: try headers(["x-version": "2"]),
                body: ByteBuffer(string: #"{"instances":[[1,2]]}"#)
            ) { #expect(String(buffer: $0.body) == #"{"predictions":[1],"model_name":"m","model_version":"2"}"#) }
            try await client.execute(uri: "/metrics", method: .get) { response in
                let lines = String(buffer: response.body).split(separator: "\n")
                #expect(lines.contains(#"model_predictions_total{model_name="m",model_version="2"} 1"#))
                #expect(lines.contains(#"model_predictions_total{model_name="m",model_version="1"} 0"#))
                #expect(lines.contains(#"model_problem{model_name="m"} 1.0"#))
                #expect(lines.count { $0.hasPrefix("request_predict_seconds_count") } == 1)
            }
        }
    }

    private func headers(_ fields: [String: String]) throws -> HTTPFields {
        var headers = HTTPFields()
        for (name, value) in fields { headers[try #require(HTTPField.Name(name))] = value }
        return headers
    }
}
