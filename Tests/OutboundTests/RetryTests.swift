import NetworkTestSupport
import Outbound
import Testing

@Suite("Attempts")
struct RetryTests {
    private static let methods: [OutboundRequest.Method] = [.get, .head, .put, .delete, .post, .patch]

    @Test("A failing server is asked again, if that can do no harm", arguments: methods, [500, 502, 503, 504, 429])
    func transient(method: OutboundRequest.Method, status: Int) async throws {
        let isRepeated = method != .post && method != .patch
        #expect(try await attempts(method, status) == (isRepeated ? 3 : 1))
    }

    @Test("One that says no is not", arguments: methods, [501, 404, 403, 400, 204])
    func final(method: OutboundRequest.Method, status: Int) async throws {
        #expect(try await attempts(method, status) == 1)
    }

    /// How often a server that always answers with a status is asked.
    private func attempts(_ method: OutboundRequest.Method, _ status: Int) async throws -> Int {
        let server = try await ScriptedServer { _ in [.answer(status)] }
        let answer = try await OutboundClient(hasty()).answer(to: OutboundRequest(method, server.url))
        #expect(answer.head.status == status)
        return server.requests.count
    }

    @Test("The attempt that succeeds is the answer, streamed or not; a POST is repeated if its caller says it may be")
    func recovery() async throws {
        let server = try await ScriptedServer { [$0.index % 3 < 2 ? .answer(500) : .answer(200, text: "good")] }
        let client = try OutboundClient(hasty())
        #expect(try await client.answer(to: OutboundRequest(.get, server.url)).body == Array("good".utf8))
        var stream = try await client.open(OutboundRequest(.get, server.url))
        #expect(try await stream.collect(upTo: 4) == Array("good".utf8))
        var request = try OutboundRequest(.post, server.url, body: [1])
        request.isRepeatable = true
        #expect(try await client.answer(to: request).head.status == 200)
        #expect(server.requests.count == 9)
    }

    @Test("A server that says when to come back is believed, within a limit")
    func retryAfter() async throws {
        let soon = "Sun, 06 Nov 1994 08:49:37 GMT"
        for (value, attempts) in [("0", 2), ("1", 2), (soon, 2), ("61", 1), ("nonsense", 2), ("-1", 2)] {
            let server = try await ScriptedServer { request in
                let headers = [("Retry-After", value), ("Date", "Sun, 06 Nov 1994 08:49:36 GMT")]
                return [request.index == 0 ? .answer(503, headers: headers) : .answer(200)]
            }
            let clock = ContinuousClock()
            let time = try await clock.measure {
                _ = try await OutboundClient(hasty()).answer(to: OutboundRequest(.get, server.url))
            }
            #expect(server.requests.count == attempts, "\(value)")
            if [soon, "1"].contains(value) { #expect(time >= .seconds(1), "\(value)") }
        }
    }

    @Test("Waits double up to a bound, and differ from client to client")
    func delays() {
        var policy = RetryPolicy()
        policy.maximumAttempts = 100
        for attempts in 1..<100 {
            let longest = min(policy.firstDelay * (1 << min(attempts - 1, 20)), policy.maximumDelay)
            #expect(policy.delay(after: attempts, jitter: 1) == longest)
            #expect(policy.delay(after: attempts, jitter: 0) == longest / 2)
            let drawn = policy.delay(after: attempts) ?? .zero
            #expect(longest / 2 <= drawn && drawn <= longest)
        }
        #expect(policy.delay(after: 100) == nil)
        #expect(policy.delay(after: 1, asked: .seconds(30)) == .seconds(30))
        #expect(policy.delay(after: 1, asked: .seconds(61)) == nil)
        #expect(RetryPolicy.once.delay(after: 1) == nil)
    }
}
