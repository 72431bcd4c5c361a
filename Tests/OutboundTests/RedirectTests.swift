import NetworkTestSupport
import Outbound
import Testing

@Suite("Redirections")
struct RedirectTests {
    @Test("They are followed, and credentials stay with the host that they are for")
    func followed() async throws {
        let other = try await ScriptedServer { _ in [.answer(200, text: "there")] }
        let place = "\(other.url)/there"
        let server = try await ScriptedServer { request in
            [.answer(307, headers: [("Location", request.target == "/" ? "/next" : place)])]
        }
        var request = try OutboundRequest(.get, "\(server.url)/")
        request.authorize(token: Secret("token"))
        let answer = try await OutboundClient(hasty()).answer(to: request)
        #expect(answer.body == Array("there".utf8))
        #expect(server.requests.map { $0.headers["authorization"] } == ["Bearer token", "Bearer token"])
        #expect(other.requests.map { $0.headers["authorization"] } == [nil])
    }

    @Test("Those that lead back or on and on are refused")
    func endless() async throws {
        let server = try await ScriptedServer { request in
            [.answer(302, headers: [("Location", request.target == "/back" ? "/back" : "/\(request.index)")])]
        }
        let back = try await failure(of: OutboundRequest(.get, "\(server.url)/back"))
        #expect(back == OutboundError(.badRedirect, "GET \(server.url)/back: the redirections lead back"))
        let endless = try await failure(of: OutboundRequest(.get, "\(server.url)/on"))
        #expect(endless == OutboundError(.badRedirect, "GET \(server.url)/on: more than 5 redirections"))
    }

    @Test("Where none are to be followed, one is an answer")
    func unfollowed() async throws {
        let server = try await ScriptedServer { _ in [.answer(302, headers: [("Location", "/")])] }
        var settings = hasty()
        settings.maximumRedirects = 0
        let answer = try await OutboundClient(settings).answer(to: OutboundRequest(.get, server.url))
        #expect(answer.head.status == 302)
    }

    @Test("An encrypted connection is not left for plain text")
    func downgrade() async throws {
        let plain = try await ScriptedServer { _ in [.answer(200, text: "plain")] }
        let place = plain.url
        let identity = try ServerIdentity()
        let server = try await ScriptedServer(tls: identity.configuration()) { _ in
            [.answer(302, headers: [("Location", place)])]
        }
        var settings = hasty()
        settings.trust = .bundle(path: identity.certificateFile)
        let error = try await failure(of: OutboundRequest(.get, server.secureURL), settings)
        #expect(
            error == OutboundError(.badRedirect, "GET \(server.secureURL): the redirection leads to plain text"))
    }
}
