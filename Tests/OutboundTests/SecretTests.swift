import NetworkTestSupport
import Outbound
import Testing

@Suite("Secrets")
struct SecretTests {
    private static let secret = "hunter2"

    @Test("A secret, and a request that holds one, print without it, however they are printed")
    func printing() throws {
        var request = try OutboundRequest(
            .get, "https://user:\(Self.secret)@host/path?signature=\(Self.secret)#\(Self.secret)",
            headers: ["X-Key": Self.secret], body: Array(Self.secret.utf8))
        request.authorize(user: "user", password: Secret(Self.secret))
        var text = "\(request) \(String(reflecting: request)) \(Secret(Self.secret)) \([Secret(Self.secret)])"
        dump(request, to: &text)
        dump(["key": Secret(Self.secret)], to: &text)
        #expect(!text.contains(Self.secret))
        #expect(request.description == "GET https://host/path")
    }

    @Test("No error tells a secret")
    func errors() async throws {
        let server = try await ScriptedServer { request in
            switch request.target.prefix(2) {
            case "/s": []
            case "/c": [.cut]
            case "/r": [.answer(302, headers: [("Location", request.target)])]
            case "/l": [.answer(200, text: "\(request.headers)")]
            default: [.send(Array("\(request.headers)\r\n".utf8))]
            }
        }
        let place = "user:\(Self.secret)@127.0.0.1:\(server.port)"
        var urls = ["/silent", "/cut", "/redirect", "/long", "/garbage"].map { "http://\(place)\($0)?k=\(Self.secret)" }
        urls += ["https://\(place)/tls?k=\(Self.secret)", "http://user:\(Self.secret)@host.invalid/?k=\(Self.secret)"]
        for url in urls {
            var request = try OutboundRequest(.get, url, headers: ["X-Key": Self.secret])
            let error = try #require(await failure(of: request, impatient(attempts: 1), limit: 3), "\(url)")
            #expect(!error.message.contains(Self.secret), "\(error)")
            // A secret from a file that ends in a line feed is not fit for a header.
            request.authorize(token: Secret("\(Self.secret)\n"))
            let unsent = try #require(await failure(of: request, impatient(attempts: 1), limit: 3))
            #expect(!unsent.message.contains(Self.secret), "\(unsent)")
        }
        let invalid = #expect(throws: OutboundError.self) {
            _ = try OutboundRequest(.get, "ftp://u:\(Self.secret)@host/?k=\(Self.secret)")
        }
        #expect(invalid?.message == #"not an http:// or https:// URL: "…@host/""#)
    }
}
