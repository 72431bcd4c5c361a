import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Serving
import Testing

@testable import ServingHTTP

@Suite("How much may be on its way")
struct AdmissionTests {
    private let admission = Admission(maximumBytes: 100, maximumRequests: 2)

    private func refusal(_ body: () throws -> Void) -> ServingError.Code? {
        do { try body() } catch { return (error as? ServingError)?.code }
        return nil
    }

    @Test("A request beyond those of its model is refused until one has left; others are not")
    func requests() throws {
        let visits = [try admission.enter(model: "a"), try admission.enter(model: "a")]
        #expect(refusal { _ = try admission.enter(model: "a") } == .overloaded)
        let other = try admission.enter(model: "b")
        visits[0].leave()
        let third = try admission.enter(model: "a")
        #expect(refusal { _ = try admission.enter(model: "a") } == .overloaded)
        for visit in [visits[1], other, third] { visit.leave() }
        for _ in 0..<2 { _ = try admission.enter(model: nil) }
        #expect(refusal { _ = try admission.enter(model: nil) } == .overloaded)
    }

    @Test("Bytes beyond the bound are refused until others are given back")
    func bytes() throws {
        var (first, second) = (try admission.enter(model: "a"), try admission.enter(model: "b"))
        try first.take(60)
        #expect(refusal { try second.take(41) } == .overloaded)
        try second.take(40)
        first.leave()
        try second.take(60)
        second.leave()
        var third = try admission.enter(model: "a")
        try third.take(100)
        third.leave()
    }

    @Test("An overloaded server says when to try again, and goes on", arguments: Depth.allCases)
    func overloaded(depth: Depth) async throws {
        var server = TestServer.withModel()
        server.settings.maximumInlineBodyBytes = 0
        server.settings.maximumBytesInFlight = 1_000
        let row = #"{"instances": [[1, 2]]}"#
        let long = row + String(repeating: " ", count: 1_000)
        try await server.test(depth.setup) { client in
            for _ in 0..<3 {
                try await client.execute(uri: "/v1/models/m:predict", method: .post, body: ByteBuffer(string: long)) {
                    #expect($0.status == .serviceUnavailable && $0.headers[.retryAfter] == "1")
                    #expect(String(buffer: $0.body).contains("try again soon"))
                }
                try await client.execute(uri: "/v1/models/m:predict", method: .post, body: ByteBuffer(string: row)) {
                    #expect($0.status == .ok)
                }
            }
        }
    }

    @Test("Predictions beyond those that may wait are refused where they are read, unread, and the connection goes on")
    func arrivals() async throws {
        var server = TestServer.withModel()
        server.settings.maximumInlineBodyBytes = 100
        server.settings.maximumRequestsPerModel = 0
        let row = #"{"instances": [[1, 2]]}"#
        let long = row + String(repeating: " ", count: 1_000_000)
        try await server.test(.live) { client in
            for _ in 0..<3 {
                try await client.execute(uri: "/v1/models/m:predict", method: .post, body: ByteBuffer(string: long)) {
                    #expect($0.status == .serviceUnavailable && $0.headers[.retryAfter] == "1")
                    #expect(String(buffer: $0.body).contains("As many requests to m wait as may"))
                }
                try await client.execute(uri: "/v1/models/m:predict", method: .post, body: ByteBuffer(string: row)) {
                    #expect($0.status == .ok)
                }
            }
        }
    }

    @Test(
        "What a client has given up is not computed",
        arguments: ["x-request-timeout-ms", "x-envoy-expected-rq-timeout-ms"])
    func deadline(field: String) async throws {
        var server = TestServer.withModel()
        server.settings.maximumInlineBodyBytes = 0
        let name = try #require(HTTPField.Name(field))
        let row = ByteBuffer(string: #"{"instances": [[1, 2]]}"#)
        try await server.test(.router) { client in
            for (value, status) in [("0", 504), ("60000", 200), ("-1", 200), ("soon", 200)] {
                let fields: HTTPFields = [name: value]
                try await client.execute(
                    uri: "/v1/models/m:predict", method: .post, headers: fields, body: row
                ) { #expect($0.status.code == status, "\(value)") }
            }
        }
    }

    @Test("A request of more rows than the server takes is refused, by both protocols")
    func rows() async throws {
        var server = TestServer.withModel()
        server.settings.maximumRows = 2
        let message = "The request has 3 rows; this server takes at most 2 at once."
        try await server.test(.live) { client in
            for (uri, body, status) in [
                ("/v1/models/m:predict", #"{"instances": [[1, 2], [1, 2]]}"#, 200),
                ("/v1/models/m:predict", #"{"instances": [[1, 2], [1, 2], [1, 2]]}"#, 413),
                ("/v2/models/m/infer", Self.tensor, 413),
            ] {
                try await client.execute(uri: uri, method: .post, body: ByteBuffer(string: body)) {
                    #expect($0.status.code == status)
                    #expect(String(buffer: $0.body).contains(message) == (status == 413))
                }
            }
        }
    }

    private static let tensor = #"{"inputs":[{"name":"x","datatype":"FP64","shape":[3,2],"data":[1,2,1,2,1,2]}]}"#

    @Test("Compressed bodies count as what they may become")
    func compressed() async throws {
        var server = TestServer.withModel()
        server.settings.maximumBodyBytes = 1_000
        server.settings.maximumBytesInFlight = 1_000
        try await server.test(.router) { client in
            try await client.execute(
                uri: "/v1/models/m:predict", method: .post, headers: [.contentEncoding: "gzip"],
                body: ByteBuffer(string: "x")
            ) { #expect($0.status == .serviceUnavailable) }
        }
    }
}
