import Foundation
import TestSupport
import Testing

@Suite("The server, with keys")
struct GuardedServerTests {
    private let folder = TemporaryFolder()

    private func put(_ lines: (name: String, grants: String, secret: String)...) throws {
        let script = lines.map { "echo \($0.name) \($0.grants) $(printf %s \($0.secret) | sha256sum | cut -c1-64)" }
        let text = try BuiltTool.shell(script.joined(separator: "\n")).output
        folder.write(Array(text.utf8), to: "keys")
    }

    private func status(_ port: Int, _ path: String, _ key: String?, body: String? = nil) throws -> String {
        let header = key.map { "-H 'Authorization: Bearer \($0)'" } ?? ""
        let data = body.map { "-d '\($0)'" } ?? ""
        return try BuiltTool.shell(
            "curl -s -o /dev/null -w '%{http_code}' \(header) \(data) http://127.0.0.1:\(port)\(path)"
        ).output
    }

    @Test("Keys made with sha256sum open what they are for, are renewed, and stand in no log")
    func keys() async throws {
        try put(("notebook", "predict", "first-secret"), ("operator", "admin", "second-secret"))
        let (server, port) = try await ExampleModel.served(["--api-keys", folder.path("keys"), "--guard-metrics"])
        let (predict, question) = (ExampleModel.predict, ExampleModel.question)
        #expect(try status(port, predict, nil, body: question) == "401")
        #expect(try status(port, predict, "first-secret", body: question) == "200")
        #expect(try status(port, predict, "third-secret", body: question) == "401")
        #expect(try status(port, "/ready", nil) == "200")
        #expect(try status(port, "/metrics", nil) == "401")
        #expect(try status(port, "/metrics", "first-secret") == "200")
        let unload = "/v2/repository/models/anomaly-detector/unload"
        #expect(try status(port, unload, "first-secret", body: "{}") == "403")
        #expect(try status(port, unload, "second-secret", body: "{}") == "200")
        try await server.wait("it tells of the administration") {
            $0.contains("\"client\":\"operator\"") && $0.contains("\"status\":\"403\"") ? true : nil
        }
        try put(("notebook", "predict", "new-secret"))
        try await server.wait("it takes the new keys") { $0.contains("keys renewed") ? true : nil }
        #expect(try status(port, "/v1/models", "first-secret") == "401")
        #expect(try status(port, "/v1/models", "new-secret") == "200")
        #expect(!server.log.contains("-secret"))
    }

    private struct Tokens: Decodable {
        let accepted: [String: String]
        let refused: [String: String]
        let `operator`: String
    }

    @Test("Tokens that PyJWT signed count with every algorithm, and not if they are for others, late, or not signed")
    func tokens() async throws {
        let script = URL(filePath: "\(ExampleModel.root)/Tests/SystemTests/tokens.py")
        let output = try PythonEnvironment("peers").run(script, [folder.path("jwks")])
        let tokens = try JSONDecoder().decode(Tokens.self, from: Data(output.utf8))
        let (server, port) = try await ExampleModel.served([
            "--jwks", folder.path("jwks"), "--jwt-issuer", "https://issuer", "--jwt-audience", "apus",
        ])
        let (predict, question) = (ExampleModel.predict, ExampleModel.question)
        #expect(tokens.accepted.count == 10)
        for (algorithm, token) in tokens.accepted {
            #expect(try status(port, predict, token, body: question) == "200", "\(algorithm)")
        }
        for (reason, token) in tokens.refused {
            #expect(try status(port, predict, token, body: question) == "401", "\(reason)")
        }
        let unload = "/v2/repository/models/anomaly-detector/unload"
        #expect(try status(port, unload, tokens.accepted["ES256"], body: "{}") == "403")
        #expect(try status(port, unload, tokens.operator, body: "{}") == "200")
        #expect(!server.log.contains("eyJ"))
    }

    @Test(
        "Tokens without an issuer and an audience, or with keys that are none, are refused at the start",
        arguments: [
            (["--jwt-issuer", "i"], 64, "--jwt-audience"), (["--jwt-audience", "a"], 64, "--jwt-issuer"),
            (["--jwt-issuer", "i", "--jwt-audience", "a"], 2, "cannot be read"),
        ])
    func refusedTokens(flags: [String], code: Int32, sentence: String) throws {
        let outcome = try BuiltTool.run(
            ["serve", ExampleModel.path, "--http-port", "0", "--jwks", folder.path("nothing")] + flags)
        #expect(outcome.exitCode == code && outcome.errors.contains(sentence), "\(outcome.errors)")
    }

    @Test("A file without keys is refused at the start")
    func refused() throws {
        folder.write(Array("# nobody\n".utf8), to: "keys")
        for (path, sentence) in [(folder.path("keys"), "holds no key"), (folder.path("nothing"), "cannot be read")] {
            let outcome = try BuiltTool.run(["serve", ExampleModel.path, "--http-port", "0", "--api-keys", path])
            #expect(outcome.exitCode == 2 && outcome.errors.contains(sentence), "\(outcome.errors)")
        }
    }
}
