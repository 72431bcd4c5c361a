import NetworkTestSupport
import Outbound
import Testing

@Suite("Certificates")
struct TrustTests {
    @Test("A server is believed by the authorities that the settings name, and by no others")
    func trust() async throws {
        let (identity, other) = (try ServerIdentity(), try ServerIdentity())
        let server = try await ScriptedServer(tls: identity.configuration()) { _ in [.answer(200)] }
        let request = try OutboundRequest(.get, server.secureURL)
        for (trust, isTrusted) in [
            (OutboundSettings.Trust.system, false), (.bundle(path: identity.certificateFile), true),
            (.unverified, true),
            (.bundle(path: other.certificateFile), false),
        ] {
            var settings = hasty()
            settings.trust = trust
            let error = try await failure(of: request, settings)
            #expect(error?.code == (isTrusted ? nil : .untrusted), "\(trust)")
            if let error {
                let server = "127.0.0.1:\(server.port) did not prove who it is"
                #expect(error.message == "\(request): \(server): CERTIFICATE_VERIFY_FAILED")
            }
        }
    }

    @Test("A certificate for another name is not believed")
    func otherName() async throws {
        let identity = try ServerIdentity(name: "DNS:other.example")
        let server = try await ScriptedServer(tls: identity.configuration()) { _ in [.answer(200)] }
        var settings = hasty()
        settings.trust = .bundle(path: identity.certificateFile)
        let error = try await failure(of: OutboundRequest(.get, server.secureURL), settings)
        #expect(error?.code == .untrusted)
    }

    @Test("A file without certificates is refused at once", arguments: ["/no/such/file", "/etc/hostname"])
    func noBundle(path: String) {
        var settings = OutboundSettings()
        settings.trust = .bundle(path: path)
        #expect(throws: OutboundError(.invalid, "\(path) holds no certificates in PEM form")) {
            _ = try OutboundClient(settings)
        }
    }
}
