import Crypto
import Foundation
import NetworkTestSupport
import Serving
import TestSupport
import Testing

@testable import Access

@Suite("Tokens of an identity provider")
struct TokenTests {
    private let folder = TemporaryFolder()
    private let issuer = Issuer("k")

    private func settings() -> TokenSettings {
        TokenSettings(keys: .file(path: folder.path("jwks")), issuer: "i", audiences: ["a", "b"])
    }

    private func verifier(_ settings: TokenSettings? = nil, keys: [UInt8]? = nil) async throws -> TokenVerifier {
        folder.write(keys ?? Issuer.keySet(issuer.jwk()), to: "jwks")
        let verifier = try TokenVerifier(settings ?? self.settings())
        #expect(try await verifier.read())
        return verifier
    }

    private func refusal(_ verifier: TokenVerifier, _ token: String, now: Double = 2e9) -> TokenRefusal? {
        do throws(TokenRefusal) {
            _ = try verifier.caller(of: token, now: now)
            return nil
        } catch {
            return error
        }
    }

    @Test("A token of the issuer for this audience counts, the first time and again")
    func accepted() async throws {
        let verifier = try await verifier()
        let token = try issuer.token()
        for _ in 0..<2 {
            let caller = try verifier.caller(of: token)
            #expect(caller.name == "s" && caller.grants == [.predict(model: nil)])
        }
        #expect(refusal(verifier, try issuer.token(Issuer.claims(audience: #"["x","b"]"#))) == nil)
        #expect(refusal(verifier, try issuer.token(header: #"{"alg":"ES256"}"#)) == nil)
    }

    @Test("A token of another issuer, for others, or of another time does not")
    func claims() async throws {
        let verifier = try await verifier()
        let cases: [(String, TokenRefusal)] = [
            (Issuer.claims(issuer: "j"), .otherIssuer), (Issuer.claims(issuer: ""), .otherIssuer),
            (Issuer.claims(audience: #""c""#), .otherAudience), (Issuer.claims(audience: "[]"), .otherAudience),
            (Issuer.claims(audience: "null"), .otherAudience), (Issuer.claims(times: ""), .noExpiry),
            (Issuer.claims(times: #","exp":"4102444800""#), .malformed),
            (Issuer.claims(times: #","exp":1999999939"#), .expired),
            (Issuer.claims(times: #","exp":4102444800,"nbf":2000000061"#), .early),
            (Issuer.claims(times: #","exp":1e999"#), .malformed), ("[]", .malformed), ("", .malformed),
        ]
        for (claims, expected) in cases {
            #expect(refusal(verifier, try issuer.token(claims)) == expected, "\(claims)")
        }
        for times in [#","exp":1999999941"#, #","exp":4102444800,"nbf":2000000059"#, #","exp":1e300"#] {
            #expect(refusal(verifier, try issuer.token(Issuer.claims(times: times))) == nil, "\(times)")
        }
    }

    @Test("A token that counted once expires all the same")
    func expiry() async throws {
        let verifier = try await verifier()
        let token = try issuer.token(Issuer.claims(times: #","exp":2000000000,"nbf":1900000000"#))
        #expect(refusal(verifier, token, now: 1.95e9) == nil)
        #expect(refusal(verifier, token, now: 2.1e9) == .expired)
        #expect(refusal(verifier, token, now: 1.8e9) == .early)
    }

    @Test("Nothing but one of the issuer's keys, used as it is meant, makes a signature")
    func signatures() async throws {
        let keys = Issuer.keySet(
            issuer.jwk(), #"{"kty":"oct","kid":"o","k":"c2VjcmV0","alg":"HS256"}"#, #"{"kty":"new"}"#,
            Issuer("e").jwk(#","use":"enc""#), #"{"kty":"RSA","kid":"r","n":"AQAB","e":"AQAB"}"#)
        let verifier = try await verifier(keys: keys)
        #expect(refusal(verifier, try issuer.token()) == nil)
        let token = try issuer.token()
        let parts = token.split(separator: ".").map(String.init)
        let cases: [(String, TokenRefusal)] = [
            (try Issuer("k").token(), .wrongSignature), (try Issuer("other").token(), .unknownKey),
            (try issuer.token(header: #"{"alg":"none"}"#), .unknownKey),
            (try issuer.token(header: #"{"alg":"HS256","kid":"o"}"#), .unknownKey),
            (try issuer.token(header: #"{"alg":"HS256","kid":"k"}"#), .unknownKey),
            (try issuer.token(header: #"{"alg":"ES384","kid":"k"}"#), .unknownKey),
            (try issuer.token(header: #"{"alg":"RS256","kid":"r"}"#), .unknownKey),
            (try issuer.token(header: #"{"alg":"ES256","kid":"e"}"#), .unknownKey),
            (try issuer.token(header: #"{"alg":"ES256","crit":["b64"],"b64":false}"#), .malformed),
            (try issuer.token(header: #"{"kid":"k"}"#), .malformed),
            ("\(parts[0]).\(parts[1]).", .malformed),
            ("\(parts[0]).\(parts[1]).\(parts[2].dropLast(3))", .wrongSignature),
            ("\(parts[0]).\(Issuer.encoded(Data(Issuer.claims(subject: "x").utf8))).\(parts[2])", .wrongSignature),
            ("\(parts[0])=.\(parts[1]).\(parts[2])", .malformed), ("..", .malformed), ("a.b.c", .malformed),
            ("\(token)\(String(repeating: "A", count: WebToken.maximumLength))", .malformed),
        ]
        for (token, expected) in cases { #expect(refusal(verifier, token) == expected, "\(token)") }
        // A number in a head that no integer holds has ended a process before.
        #expect(refusal(verifier, try issuer.token(header: #"{"alg":"ES256","kid":"k","x":1e300}"#)) == nil)
    }

    @Test("Drawn tokens are refused, whatever they hold")
    func drawn() async throws {
        let verifier = try await verifier()
        let token = Array(try issuer.token().utf8)
        let seed = UInt64.random(in: 0...999_999)
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<3_000 {
            var bytes = token
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let index = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: bytes[index] = UInt8.random(in: 0...127, using: &generator)
                case 1: bytes.remove(at: index)
                default: bytes.insert(UInt8.random(in: 0...127, using: &generator), at: index)
                }
            }
            guard bytes != token else { continue }
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(refusal(verifier, text) != nil, "seed \(seed): \(text)")
        }
    }

    @Test(
        "What a token may do stands in a claim, as a list or as words, or is said for tokens without one",
        arguments: [
            (#","roles":["predict:m","other"]"#, "roles", [Grant.predict(model: "m")]),
            (#","roles":[]"#, "roles", []), (#","roles":"admin""#, "roles", [.admin]), ("", "roles", [.read]),
            (#","scope":"openid predict read""#, "scope", [.predict(model: nil), .read]),
            (#","scope":"openid,admin""#, "scope", [.admin]),
            (#","resource_access":{"apus":{"roles":["admin"]}}"#, "resource_access.apus.roles", [.admin]),
            (#","https://x.y/roles":["admin"]"#, "https://x.y/roles", [.admin]),
            (#","roles":{"admin":true}"#, "roles", []), (#","roles":7"#, "roles.x", [.read]),
        ])
    func grants(claims: String, claim: String, expected: [Grant]) async throws {
        var settings = settings()
        settings.grantsClaim = claim
        let verifier = try await verifier(settings)
        let caller = try verifier.caller(of: try issuer.token(Issuer.claims(claims)))
        #expect(caller.grants == Set(expected))
    }

    @Test(
        "A renewed file of keys counts from then on, and keys that left it no more; one without keys changes nothing"
    )
    func rotatedFile() async throws {
        let verifier = try await verifier()
        let (old, next) = (try issuer.token(), Issuer("n"))
        #expect(refusal(verifier, old) == nil)
        #expect(await verifier.refresh() == nil)
        folder.write(Array("{}".utf8), to: "jwks")
        guard case .refused(let reason) = await verifier.refresh() else { throw NotRefused() }
        #expect(reason.contains("jwks: it is no JSON Web Key Set"))
        #expect(refusal(verifier, old) == nil)
        folder.write(Issuer.keySet(next.jwk()), to: "jwks")
        #expect(await verifier.refresh() == .renewed)
        #expect(refusal(verifier, old) == .unknownKey)
        #expect(refusal(verifier, try next.token()) == nil)
    }

    @Test("A server of keys is asked again after a while, and sooner for a key that is not known, but not at once")
    func rotatedServer() async throws {
        let next = Issuer("n")
        let sets = [Issuer.keySet(issuer.jwk()), Issuer.keySet(issuer.jwk(), next.jwk())]
        let server = try await ScriptedServer { [.answer(200, body: sets[min($0.index, 1)])] }
        var settings = settings()
        settings.keys = .server(url: server.url + "/keys")
        let verifier = try TokenVerifier(settings)
        #expect(refusal(verifier, try issuer.token()) == .keysUnknown)
        let second: Int64 = 1_000_000_000
        #expect(try await verifier.read(now: 0))
        #expect(try await !verifier.read(now: 299 * second))
        #expect(refusal(verifier, try next.token()) == .unknownKey)
        #expect(try await !verifier.read(now: 9 * second))
        #expect(try await verifier.read(now: 11 * second))
        #expect(refusal(verifier, try next.token()) == nil)
        #expect(try await !verifier.read(now: 300 * second))
        #expect(try await verifier.read(now: 312 * second))
        #expect(server.requests.map(\.target) == ["/keys", "/keys", "/keys"])
    }

    @Test("A server of keys that fails changes nothing, and its answer is in no message")
    func failingServer() async throws {
        let server = try await ScriptedServer { _ in [.answer(404, body: Array("secret".utf8))] }
        var settings = settings()
        settings.keys = .server(url: server.url.replacing("//", with: "//name:password@"))
        let verifier = try TokenVerifier(settings)
        guard case .refused(let reason) = await verifier.refresh() else { throw NotRefused() }
        #expect(reason.contains("404") && !reason.contains("secret") && !reason.contains("password"))
        #expect(refusal(verifier, try issuer.token()) == .keysUnknown)
    }

    @Test("The gate knows tokens beside keys, and says 503 as long as it cannot judge them")
    func gate() async throws {
        let gate = AccessGate(keys: nil, tokens: try await verifier(), guardsMetrics: false)
        func code(_ need: AccessNeed, _ secret: String, gate: AccessGate) -> Int? {
            do throws(ServingError) {
                _ = try gate.check(need) { $0 == "authorization" ? "Bearer \(secret)" : nil }
                return nil
            } catch {
                return error.status(strictlyKServe: false)
            }
        }
        let token = try issuer.token()
        #expect(code(.predict(model: "m"), token, gate: gate) == nil && code(.admin, token, gate: gate) == 403)
        #expect(code(.read, "key", gate: gate) == 401 && code(.read, token + "x", gate: gate) == 401)
        let roleless = try issuer.token(Issuer.claims(#","roles":["other"]"#))
        #expect(code(.read, roleless, gate: gate) == 403 && code(.nothing, roleless, gate: gate) == nil)
        let digest = SHA256.hash(data: Array("a.b.c".utf8)).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
        folder.write(Array("dotted predict \(digest.joined())".utf8), to: "keys")
        let both = AccessGate(
            keys: try KeyFile(path: folder.path("keys")), tokens: try await verifier(), guardsMetrics: false)
        #expect(code(.read, "a.b.c", gate: both) == nil && code(.read, token, gate: both) == nil)
        let blind = AccessGate(keys: nil, tokens: try TokenVerifier(settings()), guardsMetrics: false)
        #expect(code(.read, token, gate: blind) == 503)
    }

    private struct NotRefused: Error {}
}
