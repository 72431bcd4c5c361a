import NIOCore
import NetworkTestSupport
import Outbound
import Testing

@Suite("Requests to other servers")
struct ClientTests {
    @Test("An answer of any status is an answer, with its headers and its body")
    func answers() async throws {
        let server = try await ScriptedServer { request in
            [.answer(request.method == "PUT" ? 404 : 200, headers: [("X-Kind", "a")], body: request.body)]
        }
        let client = try OutboundClient(hasty())
        let request = try OutboundRequest(.post, "\(server.url)/a%20b?c=d", body: Array("body".utf8))
        let answer = try await client.answer(to: request)
        #expect(answer.head.status == 200)
        #expect(answer.head.header("x-kind") == "a")
        #expect(answer.body == Array("body".utf8))
        try answer.head.requireSuccess()
        let missing = try await client.answer(to: OutboundRequest(.put, "\(server.url)/none"))
        #expect(throws: OutboundError(.rejected, "PUT \(server.url)/none: the server answered 404 Not Found")) {
            try missing.head.requireSuccess()
        }
        #expect(server.requests.map(\.target) == ["/a%20b?c=d", "/none"])
        #expect(server.requests[0].headers["user-agent"] == "apus")
    }

    @Test("A body is read part by part, as it comes")
    func streams() async throws {
        let server = try await ScriptedServer { _ in
            [.answer(200, body: [1, 2], length: 4), .wait(.milliseconds(50)), .send([3, 4])]
        }
        var stream = try await OutboundClient(hasty()).open(OutboundRequest(.get, server.url))
        #expect(stream.head.contentLength == 4)
        var bytes: [UInt8] = []
        while let part = try await stream.next() { bytes += part.readableBytesView }
        #expect(bytes == [1, 2, 3, 4])
    }

    @Test("A name and a password in a URL become basic authentication, a token a bearer's")
    func authorization() async throws {
        let server = try await ScriptedServer { _ in [.answer(200)] }
        let client = try OutboundClient(hasty())
        let place = "127.0.0.1:\(server.port)/p?q=1"
        _ = try await client.answer(to: OutboundRequest(.get, "http://Aladdin:open%20sesame@\(place)"))
        var request = try OutboundRequest(.get, "http://\(place)")
        request.authorize(token: Secret("token"))
        _ = try await client.answer(to: request)
        // The first value is that of RFC 7617, section 2.
        #expect(
            server.requests.map { $0.headers["authorization"] } == [
                "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==", "Bearer token",
            ])
        #expect(server.requests.map(\.target) == ["/p?q=1", "/p?q=1"])
    }

    @Test(
        "What is no URL of a web server is refused before anything is sent",
        arguments: [
            "", "host", "ftp://host/", "http://", "http:///path", "file:///etc/passwd", "http://ho st/", "http://[::1/",
            "https://host/\u{0}", "javascript:alert(1)",
        ])
    func invalid(url: String) {
        #expect(throws: OutboundError.self) { _ = try OutboundRequest(.get, url) }
    }
}
