import HTTPTypes
import NIOCore
import NIOHTTPTypes
import Testing

@testable import ServingHTTP

@Suite("Which requests are answered on the thread that read them")
struct InlineRequestsTests {
    private static let predict = "/v1/models/m:predict"
    private var requests = InlineRequests(maximumBodyBytes: 100)

    private func head(
        _ method: HTTPRequest.Method = .post, _ path: String = predict, _ fields: HTTPFields = [.contentLength: "10"]
    ) -> HTTPRequestPart {
        .head(HTTPRequest(method: method, scheme: "http", authority: "h", path: path, headerFields: fields))
    }

    private func body(_ text: String) -> HTTPRequestPart { .body(ByteBuffer(string: text)) }

    @Test("A small prediction is gathered from its parts")
    mutating func gathered() {
        guard case .wait = requests.read(head()) else { return #expect(Bool(false), "it is passed on") }
        #expect(requests.isGathering)
        for part in ["01234", "56", "789"] {
            guard case .wait = requests.read(body(part)) else { return #expect(Bool(false), "it is passed on") }
        }
        guard case .answer(.predict("m"), _, let whole) = requests.read(.end(nil)) else {
            return #expect(Bool(false), "it is not answered")
        }
        #expect(String(buffer: whole) == "0123456789")
        #expect(!requests.isGathering)
    }

    @Test(
        "Others are passed on",
        arguments: [
            (.get, predict, [.contentLength: "10"]), (.post, "/v1/models/m:explain", [.contentLength: "10"]),
            (.post, "/nowhere", [.contentLength: "10"]), (.post, predict, [.contentLength: "101"]),
            (.post, predict, [.transferEncoding: "chunked"]),
            (.post, predict, [.contentLength: "10", .connection: "close"]),
            (.post, predict, [.contentLength: "10", .expect: "100-continue"]),
            (.post, predict, [.contentLength: "10", .contentEncoding: "gzip"]),
        ] as [(HTTPRequest.Method, String, HTTPFields)])
    mutating func passedOn(method: HTTPRequest.Method, path: String, fields: HTTPFields) {
        for part in [head(method, path, fields), body("0123456789"), .end(nil)] {
            guard case .passOn = requests.read(part) else { return #expect(Bool(false), "\(part) is kept") }
        }
    }

    @Test("Nothing is answered before the requests that were passed on")
    mutating func inOrder() {
        for part in [head(.get, "/metrics", [:]), .end(nil), head(), body("0123456789"), .end(nil)] {
            guard case .passOn = requests.read(part) else { return #expect(Bool(false), "\(part) is kept") }
        }
        requests.answeredPassedOn()
        guard case .passOn = requests.read(head()) else { return #expect(Bool(false), "one is not answered yet") }
        _ = requests.read(.end(nil))
        requests.answeredPassedOn()
        requests.answeredPassedOn()
        guard case .wait = requests.read(head()) else { return #expect(Bool(false), "all are answered") }
    }
}
