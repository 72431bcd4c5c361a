import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import ServingHTTP

@Suite("CloudEvents over HTTP")
struct CloudEventRoutesTests {
    private static let path = "/v1/models/m:predict"
    private static let answer = #"{"predictions":[1],"model_name":"m"}"#
    private static let structured =
        #"{"specversion":"1.0","id":"7","source":"here","type":"ask","time":"t","data":{"instances":[[1,2]]}}"#

    private func fields(_ values: [String: String]) throws -> HTTPFields {
        var fields = HTTPFields()
        for (name, value) in values { fields[try #require(HTTPField.Name(name))] = value }
        return fields
    }

    @Test("A binary event is answered by a binary one", arguments: Depth.allCases)
    func binary(depth: Depth) async throws {
        let request = try fields([
            "ce-specversion": "1.0", "ce-id": "7", "ce-source": "here", "ce-type": "ask",
            "content-type": "application/json",
        ])
        try await TestServer.withModel().test(depth.setup) { client in
            try await client.execute(
                uri: Self.path, method: .post, headers: request, body: ByteBuffer(string: #"{"instances":[[1,2]]}"#)
            ) { response in
                #expect(String(buffer: response.body) == Self.answer)
                #expect(response.headers[.contentType] == "application/json")
                #expect(response.headers.value(of: "ce-specversion") == "1.0")
                #expect(response.headers.value(of: "ce-type") == "io.kserve.inference.response")
                #expect(response.headers.value(of: "ce-source") == "io.kserve.inference.m")
                #expect(response.headers.value(of: "ce-id") != nil && response.headers.value(of: "ce-time") != nil)
            }
            let lacking = try fields(["ce-specversion": "1.0", "ce-id": "7"])
            try await client.execute(
                uri: Self.path, method: .post, headers: lacking, body: ByteBuffer(string: #"{"instances":[[1,2]]}"#)
            ) { #expect($0.status == .badRequest) }
        }
    }

    @Test("A structured event is answered by one if it says what it is, else plainly", arguments: Depth.allCases)
    func structured(depth: Depth) async throws {
        try await TestServer.withModel().test(depth.setup) { client in
            try await client.execute(
                uri: Self.path, method: .post, headers: [.contentType: "application/cloudevents+json; charset=utf-8"],
                body: ByteBuffer(string: Self.structured)
            ) { response in
                #expect(response.headers[.contentType] == "application/cloudevents+json")
                #expect(String(buffer: response.body).hasSuffix("\"data\":\(Self.answer)}"))
            }
            try await client.execute(
                uri: Self.path, method: .post, headers: [.contentType: "application/json"],
                body: ByteBuffer(string: Self.structured)
            ) { response in
                #expect(response.headers[.contentType] == "application/json")
                #expect(String(buffer: response.body) == Self.answer)
            }
        }
    }
}
