import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Serving
import TestSupport
import Testing

@testable import ServingHTTP

@Suite("Open Inference Protocol over HTTP")
struct V2RoutesTests {
    private static let infer = "/v2/models/m/infer"
    private static let question = #"{"id":"7","inputs":[{"name":"x","shape":[1,2],"datatype":"FP64","data":[1,2]}]}"#
    private static let answer =
        #"{"model_name":"m","model_version":"3","id":"7","outputs":[{"name":"output-0","shape":[1],"datatype":"INT64","#
        + #""data":[1]}]}"#

    private static func server() -> TestServer {
        let server = TestServer()
        server.registry.set(LoadedModel(name: "m", version: "3", plan: StubModel().plan()))
        return server
    }

    private struct Case: CustomTestStringConvertible, Sendable {
        var method = HTTPRequest.Method.get
        let path: String
        var body = ""
        let status: Int
        let answer: String

        var testDescription: String { "\(method) \(path) \(body)" }
    }

    private static let cases = [
        Case(path: "/v2", status: 200, answer: String(decoding: ServerMetadata.encoded(), as: UTF8.self)),
        Case(path: "/v2/health/live", status: 200, answer: #"{"live":true}"#),
        Case(path: "/v2/health/ready", status: 200, answer: #"{"ready":true}"#),
        Case(path: "/v2/models", status: 200, answer: #"{"models":["m"]}"#),
        Case(path: "/v2/models/m/ready", status: 200, answer: #"{"name":"m","ready":true}"#),
        Case(path: "/v2/models/%6d/versions/3/ready", status: 200, answer: #"{"name":"m","ready":true}"#),
        Case(
            path: "/v2/models/m/versions/4/ready", status: 404,
            answer: #"{"error":"Model with name m and version 4 does not exist."}"#),
        Case(path: "/v2/models/x/ready", status: 404, answer: #"{"error":"Model with name x does not exist."}"#),
        Case(path: "/v2/models/x", status: 404, answer: #"{"error":"Model with name x does not exist."}"#),
        Case(path: "/v2/models/m/versions", status: 404, answer: #"{"detail":"Not Found"}"#),
        Case(path: "/v2/models/m/versions/", status: 404, answer: #"{"detail":"Not Found"}"#),
        Case(path: "/v2/models/m/x", status: 404, answer: #"{"detail":"Not Found"}"#),
        Case(path: "/v2/models/m/versions/3/infer/x", status: 404, answer: #"{"detail":"Not Found"}"#),
        Case(path: "/v2/models/", status: 404, answer: #"{"detail":"Not Found"}"#),
        Case(path: infer, status: 405, answer: #"{"detail":"Method Not Allowed"}"#),
        Case(method: .post, path: infer, body: question, status: 200, answer: answer),
        Case(method: .post, path: "/v2/models/m/versions/3/infer", body: question, status: 200, answer: answer),
        Case(
            method: .post, path: "/v2/models/m/versions/9/infer", body: question, status: 404,
            answer: #"{"error":"Model with name m and version 9 does not exist."}"#),
        Case(
            method: .post, path: infer, body: #"{"inputs":[]}"#, status: 400,
            answer: #"{"error":"the request has no inputs"}"#),
    ]

    @Test("Every target answers as the protocol says", arguments: Depth.allCases)
    func targets(depth: Depth) async throws {
        try await Self.server().test(depth.setup) { client in
            for one in Self.cases {
                try await client.execute(
                    uri: one.path, method: one.method, body: one.body.isEmpty ? nil : ByteBuffer(string: one.body)
                ) { response in
                    #expect(response.status.code == one.status, "\(one)")
                    #expect(String(buffer: response.body) == one.answer, "\(one)")
                    #expect(response.headers[.contentType] == "application/json", "\(one)")
                }
            }
        }
    }

    @Test("Metadata of a model, and of one version", arguments: ["/v2/models/m", "/v2/models/m/versions/3"])
    func metadata(path: String) async throws {
        try await Self.server().test(.router) { client in
            try await client.execute(uri: path, method: .get) { response in
                let text = String(buffer: response.body)
                #expect(
                    text.hasPrefix(
                        #"{"name":"m","versions":["3"],"platform":"sklearn_pickle","inputs":[{"name":"input-0""#))
            }
        }
    }

    @Test("Raw tensors both ways", arguments: Depth.allCases)
    func binary(depth: Depth) async throws {
        let json =
            #"{"parameters":{"binary_data_output":true},"inputs":[{"name":"x","shape":[2,2],"datatype":"INT8","#
            + #""parameters":{"binary_data_size":4}}]}"#
        let body = ByteBuffer(bytes: Array(json.utf8) + [1, 2, 0xFF, 0])
        try await Self.server().test(depth.setup) { client in
            try await client.execute(
                uri: Self.infer, method: .post, headers: [.inferenceHeaderLength: "\(json.utf8.count)"], body: body
            ) { response in
                #expect(response.headers[.contentType] == "application/octet-stream")
                let length = try #require(response.headers[.inferenceHeaderLength].flatMap { Int($0) })
                let bytes = Array(buffer: response.body)
                #expect(
                    String(decoding: bytes.prefix(length), as: UTF8.self)
                        .hasSuffix(#""datatype":"INT64","parameters":{"binary_data_size":16}}]}"#))
                #expect(
                    Array(bytes.dropFirst(length)) == [1] + [UInt8](repeating: 0, count: 7)
                        + [UInt8](repeating: 255, count: 8))
            }
            let rows = [1.0, 2.0].flatMap { value in
                (0..<8).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * $0)) }
            }
            try await client.execute(
                uri: Self.infer, method: .post, headers: [.inferenceHeaderLength: "0"], body: ByteBuffer(bytes: rows)
            ) { response in
                #expect(response.status == .ok)
                #expect(
                    response.body.readableBytes == (response.headers[.inferenceHeaderLength].flatMap { Int($0) } ?? 0)
                        + 8)
            }
            try await client.execute(
                uri: Self.infer, method: .post, headers: [.contentType: "application/octet-stream"], body: body
            ) { response in
                #expect(response.status == .badRequest)
                #expect(String(buffer: response.body).contains("'inference-header-content-length' header is missing"))
            }
        }
    }

    @Test("A large request goes past the event loop and is answered all the same")
    func large() async throws {
        let rows = 20_000
        let numbers = repeatElement("1,2", count: rows).joined(separator: ",")
        let body = #"{"inputs":[{"name":"x","shape":[\#(rows),2],"datatype":"FP64","data":[\#(numbers)]}]}"#
        try await Self.server().test(.live) { client in
            try await client.execute(uri: Self.infer, method: .post, body: ByteBuffer(string: body)) { response in
                #expect(response.status == .ok)
                #expect(String(buffer: response.body).contains("\"shape\":[\(rows)]"))
            }
        }
    }

    @Test("Readiness is what the models are, and liveness is not")
    func readiness() async throws {
        let server = Self.server()
        server.registry.setWaiting("late", reason: "no file")
        try await server.test(.router) { client in
            try await client.execute(uri: "/v2/health/ready", method: .get) { response in
                #expect(response.status == .serviceUnavailable)
                #expect(String(buffer: response.body) == #"{"ready":false}"#)
            }
            try await client.execute(uri: "/v2/health/live", method: .get) { #expect($0.status == .ok) }
            try await client.execute(uri: "/v2/models/late/ready", method: .get) {
                #expect($0.status == .serviceUnavailable)
            }
        }
    }
}
