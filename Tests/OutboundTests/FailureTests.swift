import NIOCore
import NetworkTestSupport
import Outbound
import Testing

@Suite("Servers that fail")
struct FailureTests {
    @Test("A server that is silent is given up on, after all attempts")
    func silence() async throws {
        let server = try await ScriptedServer { _ in [] }
        let error = try await failure(of: OutboundRequest(.get, server.url), impatient(attempts: 2))
        #expect(error == OutboundError(.timedOut, "GET \(server.url): the server was silent for 0.2 seconds"))
        #expect(server.requests.count == 2)
    }

    @Test("So is one that falls silent in the middle")
    func stall() async throws {
        let server = try await ScriptedServer { _ in [.answer(200, body: [1], length: 2)] }
        #expect(try await failure(of: OutboundRequest(.get, server.url), impatient())?.code == .timedOut)
        #expect(server.requests.count == 3)
    }

    @Test("A server that sends a byte now and then does not hold a client for ever")
    func trickle() async throws {
        let server = try await ScriptedServer { _ in
            [.answer(200, length: 1000)]
                + (0..<1000).flatMap { _ in [ScriptedServer.Step.wait(.milliseconds(50)), .send([0])] }
        }
        var settings = hasty(attempts: 1)
        settings.answerTimeout = .milliseconds(400)
        let error = try await failure(of: OutboundRequest(.get, server.url), settings)
        #expect(error == OutboundError(.timedOut, "GET \(server.url): no whole answer within 0.4 seconds"))
    }

    @Test("A connection that ends in the middle is an error, and the request is made again")
    func cut() async throws {
        let server = try await ScriptedServer { request in
            request.index == 0
                ? [.answer(200, body: [1, 2], length: 4), .cut] : [.answer(200, text: "whole")]
        }
        let answer = try await OutboundClient(hasty()).answer(to: OutboundRequest(.get, server.url))
        #expect(answer.body == Array("whole".utf8))
        #expect(server.requests.count == 2)
    }

    @Test("A stream that ends in the middle says so after what came")
    func cutStream() async throws {
        let server = try await ScriptedServer { _ in
            [.answer(200, body: [1, 2], length: 4), .wait(.milliseconds(20)), .cut]
        }
        var stream = try await OutboundClient(hasty()).open(OutboundRequest(.get, server.url))
        #expect(try await stream.next().map { Array($0.readableBytesView) } == [1, 2])
        let error = await #expect(throws: OutboundError.self) { _ = try await stream.next() }
        #expect(error?.code == .interrupted)
        #expect(error?.isTransient == true)
    }

    @Test("An answer may be as long as its limit and not longer, whether its length is announced or not")
    func tooLong() async throws {
        let server = try await ScriptedServer { request in
            request.target == "/chunked"
                ? [.send(Array("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n0\r\n\r\n".utf8))]
                : [.answer(200, text: "abcde")]
        }
        for path in ["/chunked", "/known"] {
            let request = try OutboundRequest(.get, server.url + path)
            #expect(try await failure(of: request, limit: 5) == nil)
            let error = try await failure(of: request, limit: 4)
            #expect(error == OutboundError(.tooLong, "GET \(server.url)\(path): the answer is longer than 4 bytes"))
        }
        // Not asked again: the next answer would be as long.
        #expect(server.requests.count == 4)
    }

    @Test("The length of a body that HEAD leaves out has no limit")
    func head() async throws {
        let server = try await ScriptedServer { _ in [.answer(200, length: 1 << 40)] }
        let answer = try await OutboundClient(hasty()).answer(to: OutboundRequest(.head, server.url), limit: 1)
        #expect(answer.head.contentLength == 1 << 40)
        #expect(answer.body == [])
    }

    @Test("Nothing listens, or there is no such host: said in words, also of a POST after all attempts")
    func unreachable() async throws {
        // Not a port that was free a moment ago: another test may have it by now.
        let error = try await failure(of: OutboundRequest(.post, "http://127.0.0.1:1"))
        #expect(
            error
                == OutboundError(
                    .unreachable, "POST http://127.0.0.1:1: cannot connect to 127.0.0.1:1: nothing listens there"))
        let missing = try await failure(of: OutboundRequest(.get, "http://no-such-host.invalid/"), hasty(attempts: 1))
        #expect(
            missing
                == OutboundError(
                    .unreachable, "GET http://no-such-host.invalid/: there is no host no-such-host.invalid"))
    }

    @Test("What is not HTTP is said to be so")
    func notHTTP() async throws {
        let server = try await ScriptedServer { _ in [.send(Array("220 mail ready\r\n\r\n".utf8))] }
        let error = try await failure(of: OutboundRequest(.get, server.url))
        #expect(error == OutboundError(.failed, "GET \(server.url): the answer is not HTTP"))
    }

    @Test("A cancelled task does not wait")
    func cancelled() async throws {
        let server = try await ScriptedServer { _ in [] }
        var settings = hasty()
        settings.readTimeout = .seconds(60)
        settings.answerTimeout = .seconds(60)
        let client = try OutboundClient(settings)
        let url = server.url
        let task = Task { try await client.answer(to: OutboundRequest(.get, url)) }
        while server.requests.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
        task.cancel()
        let error = await #expect(throws: OutboundError.self) { _ = try await task.value }
        #expect(error?.code == .cancelled)
        #expect(server.requests.count == 1)
    }
}
