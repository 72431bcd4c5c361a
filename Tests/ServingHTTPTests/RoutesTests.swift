import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Serving
import Testing

@testable import ServingHTTP

@Suite("HTTP routes")
struct RoutesTests {
    private struct Case: CustomTestStringConvertible, Sendable {
        var method = HTTPRequest.Method.get
        let path: String
        var body = ""
        let status: Int
        let answer: String

        var testDescription: String { "\(method) \(path) \(body)" }
    }

    private static let predict = "/v1/models/m:predict"
    private static let index = "/v2/repository/index"
    private static let cases = [
        Case(path: "/", status: 200, answer: #"{"status":"alive"}"#),
        Case(path: "/health", status: 200, answer: #"{"status":"alive"}"#),
        Case(path: "/health/live", status: 200, answer: #"{"status":"alive"}"#),
        Case(path: "/ready", status: 200, answer: #"{"status":"ready"}"#),
        Case(path: "/health/ready", status: 200, answer: #"{"status":"ready"}"#),
        Case(path: "/ready?verbose=1", status: 200, answer: #"{"status":"ready"}"#),
        Case(path: "/v1/models", status: 200, answer: #"{"models":["m"]}"#),
        Case(path: "/v1/models/m", status: 200, answer: #"{"name":"m","ready":true}"#),
        Case(path: "/v1/models/%6d", status: 200, answer: #"{"name":"m","ready":true}"#),
        Case(path: "/v1/models/x", status: 404, answer: #"{"error":"Model with name x does not exist."}"#),
        Case(path: "/v1/models/a%20b", status: 404, answer: #"{"error":"Model with name a b does not exist."}"#),
        Case(path: "/v1/models/%zz", status: 404, answer: #"{"detail":"Not Found"}"#),
        Case(path: "/v1/models/m/x", status: 404, answer: #"{"detail":"Not Found"}"#),
        Case(path: "/v1/models/", status: 404, answer: #"{"detail":"Not Found"}"#),
        Case(path: "/v1/modelsx", status: 404, answer: #"{"detail":"Not Found"}"#),
        Case(path: "/nothing", status: 404, answer: #"{"detail":"Not Found"}"#),
        Case(path: "/v1/models/m:predictx", status: 404, answer: #"{"detail":"Not Found"}"#),
        Case(path: predict, status: 405, answer: #"{"detail":"Method Not Allowed"}"#),
        Case(method: .post, path: "/v1/models", status: 405, answer: #"{"detail":"Method Not Allowed"}"#),
        Case(method: .delete, path: "/", status: 405, answer: #"{"detail":"Method Not Allowed"}"#),
        Case(
            method: .post, path: predict, body: #"{"instances":[[1,2],[-3,1]]}"#, status: 200,
            answer: #"{"predictions":[1,-1],"model_name":"m"}"#),
        Case(
            method: .post, path: predict, body: #"{"instances":[[1]]}"#, status: 400,
            answer: #"{"error":"X has 1 features, but StubModel is expecting 2 features as input."}"#),
        Case(
            method: .post, path: predict, body: "", status: 400,
            answer: #"{"error":"Unrecognized request format: Input is a zero-length, empty document: "#
                + #"line 1 column 1 (char 0)"}"#),
        Case(
            method: .post, path: "/v1/models/x:predict", body: "{}", status: 404,
            answer: #"{"error":"Model with name x does not exist."}"#),
        Case(
            method: .post, path: "/v1/models/m:explain", body: "{}", status: 501,
            answer: #"{"error":"Could not find explainer_host."}"#),
        Case(method: .post, path: index, status: 200, answer: #"[{"name":"m","state":"READY","reason":""}]"#),
        Case(
            method: .post, path: index, body: #"{"ready": true}"#, status: 200,
            answer: #"[{"name":"m","state":"READY","reason":""}]"#),
        Case(
            method: .post, path: index, body: "[]", status: 400,
            answer: #"{"error":"Expected a JSON object such as {\"ready\": true}"}"#),
        Case(path: index, status: 405, answer: #"{"detail":"Method Not Allowed"}"#),
        Case(
            method: .post, path: "/v2/repository/models/x/load", body: "{}", status: 404,
            answer: #"{"error":"Model with name x does not exist."}"#),
        Case(
            method: .post, path: "/v2/repository/models/x/unload", status: 404,
            answer: #"{"error":"Model with name x does not exist."}"#),
        Case(method: .post, path: "/v2/repository/models/m/reload", status: 404, answer: #"{"detail":"Not Found"}"#),
        Case(method: .post, path: "/v2/repository/models//load", status: 404, answer: #"{"detail":"Not Found"}"#),
    ]

    @Test("Statuses and bodies", arguments: Depth.allCases, cases)
    private func answers(_ depth: Depth, _ item: Case) async throws {
        try await TestServer.withModel().test(depth.setup) { client in
            let body = ByteBuffer(string: item.body)
            try await client.execute(uri: item.path, method: item.method, body: body) { response in
                #expect(response.status.code == item.status)
                #expect(String(buffer: response.body) == item.answer)
                #expect(response.headers[.contentType] == "application/json")
            }
        }
    }

    @Test("HEAD answers as GET, without the body")
    func head() async throws {
        try await TestServer.withModel().test(.router) { client in
            try await client.execute(uri: "/v1/models", method: .head) { response in
                #expect(response.status == .ok)
                #expect(response.headers[.contentLength] == "16")
                #expect(response.body.readableBytes == 0)
            }
        }
    }

    @Test("A server whose models are not loaded is alive and not ready")
    func notReady() async throws {
        let server = TestServer()
        server.registry.setWaiting("m", reason: "waiting for model file in /mnt")
        try await server.test(.live) { client in
            try await client.execute(uri: "/ready", method: .get) { response in
                #expect(response.status == .serviceUnavailable)
                #expect(
                    String(buffer: response.body)
                        == #"{"status":"not ready","reasons":{"m":"waiting for model file in /mnt"}}"#)
            }
            try await client.execute(uri: "/health/live", method: .get) { #expect($0.status == .ok) }
            let body = ByteBuffer(string: #"{"instances":[[1,2]]}"#)
            try await client.execute(uri: Self.predict, method: .post, body: body) { response in
                #expect(response.status == .serviceUnavailable)
            }
        }
    }

    @Test("KServe's own statuses are a setting")
    func strictStatus() async throws {
        var server = TestServer.withModel()
        server.settings.strictlyKServeStatus = true
        try await server.test(.router) { client in
            let narrow = ByteBuffer(string: #"{"instances":[[1]]}"#)
            try await client.execute(uri: Self.predict, method: .post, body: narrow) {
                #expect($0.status == .internalServerError)
            }
            try await client.execute(uri: Self.predict, method: .post, body: ByteBuffer(string: "{")) {
                #expect($0.status == .badRequest)
            }
        }
    }

    @Test(
        "Any media type will do, as long as the body is JSON",
        arguments: [
            "application/json", "application/json; charset=utf-8", "application/x-www-form-urlencoded", "text/plain",
            nil,
        ])
    func mediaTypes(_ type: String?) async throws {
        try await TestServer.withModel().test(.router) { client in
            var headers = HTTPFields()
            headers[.contentType] = type
            let body = ByteBuffer(string: #"{"instances":[[1,2]]}"#)
            try await client.execute(uri: Self.predict, method: .post, headers: headers, body: body) {
                #expect($0.status == .ok)
            }
        }
    }

    @Test("The request id comes back")
    func requestID() async throws {
        try await TestServer.withModel().test(.router) { client in
            try await client.execute(uri: "/nothing", method: .get, headers: [.requestID: "abc"]) {
                #expect($0.headers[.requestID] == "abc")
            }
            try await client.execute(uri: "/", method: .get) { #expect($0.headers[.requestID] == nil) }
        }
    }

    @Test("A body over the limit is refused, and the connection lives on")
    func bodyLimit() async throws {
        var server = TestServer.withModel()
        server.settings.maximumBodyBytes = 1_000
        try await server.test(.live) { client in
            let large = ByteBuffer(repeating: UInt8(ascii: " "), count: 1_001)
            try await client.execute(uri: Self.predict, method: .post, body: large) { response in
                #expect(response.status == .contentTooLarge)
                #expect(
                    String(buffer: response.body)
                        == #"{"error":"The body is longer than this server reads: 1000 bytes."}"#)
            }
            let largest = ByteBuffer(string: #"{"instances":[[1,2]]}"# + String(repeating: " ", count: 979))
            try await client.execute(uri: Self.predict, method: .post, body: largest) { #expect($0.status == .ok) }
        }
    }

    @Test("Bodies in other codings are refused by name")
    func compressed() async throws {
        try await TestServer.withModel().test(.router) { client in
            let body = ByteBuffer(string: "x")
            try await client.execute(
                uri: Self.predict, method: .post, headers: [.contentEncoding: "br"], body: body
            ) { response in
                #expect(response.status == .unsupportedMediaType)
                #expect(
                    String(buffer: response.body)
                        == #"{"error":"Content-Encoding br is not supported; known are gzip and deflate."}"#)
            }
        }
    }

    @Test("Metrics count what was answered")
    func metrics() async throws {
        try await TestServer.withModel().test(.live) { client in
            let body = ByteBuffer(string: #"{"instances":[[1,2]]}"#)
            for _ in 0..<2 { try await client.execute(uri: Self.predict, method: .post, body: body) { _ in } }
            try await client.execute(uri: "/nothing", method: .get) { _ in }
            try await client.execute(uri: "/metrics", method: .get) { response in
                #expect(response.headers[.contentType] == "text/plain; version=0.0.4; charset=utf-8")
                let lines = String(buffer: response.body).split(separator: "\n").map(String.init)
                #expect(lines.contains(#"http_requests_total{route="predict",code="200"} 2"#))
                #expect(lines.contains(#"http_requests_total{route="other",code="404"} 1"#))
                #expect(lines.contains("http_requests_in_flight 1.0"))
            }
        }
    }
}
