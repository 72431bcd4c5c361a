import Crypto
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Serving
import TestSupport
import Testing

@testable import Access
@testable import ServingHTTP

@Suite("Who may ask what")
struct AccessTests {
    private let folder = TemporaryFolder()

    private static func line(_ name: String, _ grants: String, _ secret: String) -> String {
        let digest = SHA256.hash(data: Array(secret.utf8)).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
        return "\(name) \(grants) \(digest.joined())\n"
    }

    private static let keys =
        "# who may ask\n\n" + line("reader", "read", "r") + line("one", "predict:m", "o")
        + line("all", "predict,read", "a")
        + line("operator", "admin", "x")

    private func gate(_ text: String = keys, guardsMetrics: Bool = false) throws -> AccessGate {
        AccessGate(keys: try file(text), guardsMetrics: guardsMetrics)
    }

    private func file(_ text: String = keys) throws -> KeyFile {
        folder.write(Array(text.utf8), to: "keys")
        return try KeyFile(path: folder.path("keys"))
    }

    private func code(_ gate: AccessGate, _ target: RequestTarget, _ fields: HTTPFields) -> ServingError.Code? {
        do throws(ServingError) {
            _ = try gate.check(target.need) { fields.value(of: $0) }
            return nil
        } catch {
            return error.code
        }
    }

    private func bearer(_ secret: String) -> HTTPFields { [.authorization: "Bearer \(secret)"] }

    @Test("Each key may do what its line says, and no more")
    func grants() throws {
        let gate = try gate()
        let cases: [(RequestTarget, [String])] = [
            (.models, ["r", "o", "a", "x"]), (.predict("m"), ["o", "a", "x"]), (.predict("n"), ["a", "x"]),
            (.infer("m", version: nil), ["o", "a", "x"]), (.infer("n", version: "1"), ["a", "x"]),
            (.explain("m"), ["o", "a", "x"]), (.load("m"), ["x"]), (.unload("m"), ["x"]),
            (.repositoryIndex, ["r", "o", "a", "x"]),
        ]
        for (target, allowed) in cases {
            for secret in ["r", "o", "a", "x"] {
                let expected: ServingError.Code? = allowed.contains(secret) ? nil : .forbidden
                #expect(code(gate, target, bearer(secret)) == expected, "\(target) by \(secret)")
            }
        }
        #expect(try gate.check(.read) { self.bearer("x").value(of: $0) } == "operator")
    }

    @Test("Without a known key nothing but health is told; metrics as is asked for")
    func unknown() throws {
        let gate = try gate()
        for fields in [[:], bearer("y"), bearer(""), [.authorization: "Basic eDp4"], [.authorization: "x"]]
            as [HTTPFields]
        {
            for target in [.predict("m"), .models, .load("m"), .openAPI] as [RequestTarget] {
                #expect(code(gate, target, fields) == .unauthenticated)
            }
            for target in [.root, .liveness, .readiness, .serverLive, .serverReady, .metrics] as [RequestTarget] {
                #expect(code(gate, target, fields) == nil)
            }
        }
        #expect(code(try self.gate(guardsMetrics: true), .metrics, [:]) == .unauthenticated)
        let name = try #require(HTTPField.Name("x-api-key"))
        #expect(code(gate, .predict("m"), [name: "o"]) == nil)
    }

    @Test("Renewed keys count from then on; a file that holds none changes nothing")
    func renewed() throws {
        let file = try file()
        let gate = AccessGate(keys: file, guardsMetrics: false)
        #expect(file.refresh() == nil)
        folder.write(Array("nonsense\n".utf8), to: "keys")
        guard case .refused(let reason) = file.refresh() else { throw NotRefused() }
        #expect(reason.contains("line 1"))
        #expect(code(gate, .models, bearer("r")) == nil)
        folder.write(Array(Self.line("new", "read", "n").utf8), to: "keys")
        #expect(file.refresh() == .renewed)
        #expect(code(gate, .models, bearer("r")) == .unauthenticated && code(gate, .models, bearer("n")) == nil)
    }

    private struct NotRefused: Error {}

    @Test(
        "A file that is no key ring says which line",
        arguments: [
            ("", "holds no key"), ("a read", "line 1"),
            ("a all \(String(repeating: "0", count: 64))", "all is none of"),
            ("a read \(String(repeating: "g", count: 64))", "64 hexadecimal"), ("a read 00", "64 hexadecimal"),
            ("a read, \(String(repeating: "0", count: 64))", "none of"),
            ("#\na predict: \(String(repeating: "0", count: 64))", "line 2"),
        ])
    func malformed(text: String, sentence: String) {
        let error = #expect(throws: AccessFailure.self) { try KeyRing(parsing: text) }
        #expect(error?.description.contains(sentence) == true, "\(error?.description ?? "")")
    }

    @Test(
        "A refusal is 401 with a challenge, or 403, on both ways to an answer", arguments: Depth.allCases,
        [true, false])
    func statuses(depth: Depth, isInline: Bool) async throws {
        var server = TestServer.withModel()
        server.gate = try gate()
        if !isInline { server.settings.maximumInlineBodyBytes = 0 }
        let body = ByteBuffer(string: #"{"instances": [[1, 2]]}"#)
        try await server.test(depth.setup) { client in
            try await client.execute(uri: "/v1/models/m:predict", method: .post, body: body) {
                #expect($0.status == .unauthorized && $0.headers[.wwwAuthenticate] == "Bearer")
            }
            let reader: HTTPFields = [.authorization: "Bearer r"]
            try await client.execute(uri: "/v1/models/m:predict", method: .post, headers: reader, body: body) {
                #expect($0.status == .forbidden)
                #expect(String(buffer: $0.body) == #"{"error":"reader may not do this."}"#)
            }
            let one: HTTPFields = [.authorization: "bearer o"]
            try await client.execute(uri: "/v1/models/m:predict", method: .post, headers: one, body: body) {
                #expect($0.status == .ok)
            }
            try await client.execute(uri: "/ready", method: .get) { #expect($0.status == .ok) }
        }
    }
}
