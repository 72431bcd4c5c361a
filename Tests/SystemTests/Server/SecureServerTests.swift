import Foundation
import NetworkTestSupport
import TestSupport
import Testing

@Suite("The server over TLS")
struct SecureServerTests {
    private let folder = TemporaryFolder()
    private let identity: ServerIdentity
    private let other: ServerIdentity

    init() throws {
        identity = try ServerIdentity()
        other = try ServerIdentity()
    }

    private func served(_ more: [String] = []) async throws -> (ServerProcess, Int) {
        let files = ["--ssl_certfile", folder.path("tls.crt"), "--ssl_keyfile", folder.path("tls.key")]
        return try await ExampleModel.served(files + more)
    }

    private func put(_ file: String, as name: String) throws {
        folder.write(Array(try Data(contentsOf: URL(filePath: file))), to: name)
    }

    private func putIdentity(_ identity: ServerIdentity) throws {
        try put(identity.certificateFile, as: "tls.crt")
        try put(identity.keyFile, as: "tls.key")
    }

    /// A prediction by curl, which ends with 0 if the server is who it trusts.
    private func ask(_ port: Int, trusting identity: ServerIdentity, _ more: String...) throws -> BuiltTool.Outcome {
        let url = "https://127.0.0.1:\(port)\(ExampleModel.predict)"
        let options = ["-sS", "--max-time", "20", "--cacert", identity.certificateFile, "-d", ExampleModel.question]
        return try BuiltTool.run("/usr/bin/env", ["curl"] + options + more + [url])
    }

    @Test("Predictions come over TLS 1.2 and 1.3 to those who trust the certificate, and to nobody else")
    func secure() async throws {
        try putIdentity(identity)
        let (server, port) = try await served()
        for version in ["--tlsv1.3", "--tls-max 1.2"] {
            let words = version.split(separator: " ").map(String.init)
            let answer = try ask(port, trusting: identity, words[0], words.count > 1 ? words[1] : "--http1.1")
            #expect(answer.output == ExampleModel.answer.body, "\(version): \(answer.errors)")
        }
        let failed = try metric("tls_handshakes_failed_total", port)
        #expect(try ask(port, trusting: other).exitCode == 60)
        #expect(try metric("tls_handshakes_failed_total", port) == (failed ?? 0) + 1)
        #expect(try ask(port, trusting: identity, "--tls-max", "1.1").exitCode != 0)
        #expect(throws: (any Error).self) { try HTTPConnection.ask(port, "GET", "/ready") }
        #expect(try ask(port, trusting: identity).exitCode == 0)
        withExtendedLifetime(server) {}
    }

    @Test("With authorities for clients, only their certificates are let in")
    func mutual() async throws {
        try putIdentity(identity)
        let client = try ServerIdentity(name: "DNS:client")
        let (server, port) = try await served(["--ssl-ca-certs", client.certificateFile])
        let known = try ask(port, trusting: identity, "--cert", client.certificateFile, "--key", client.keyFile)
        #expect(known.output == ExampleModel.answer.body, "\(known.errors)")
        #expect(try ask(port, trusting: identity).exitCode != 0)
        let unknown = try ask(port, trusting: identity, "--cert", other.certificateFile, "--key", other.keyFile)
        #expect(unknown.exitCode != 0)
        withExtendedLifetime(server) {}
    }

    @Test("A renewed certificate is shown to new connections once its key is there, too")
    func renewed() async throws {
        try putIdentity(identity)
        let (server, port) = try await served()
        try put(other.keyFile, as: "tls.key")
        try await server.wait("it refuses the key") { $0.contains("certificate not renewed") ? true : nil }
        #expect(server.log.contains("does not belong to the certificate"))
        #expect(try ask(port, trusting: identity).exitCode == 0)
        #expect(try metric("tls_certificate_problem", port) == 1)
        try put(other.certificateFile, as: "tls.crt")
        try await server.wait("it takes the certificate") { $0.contains("certificate renewed") ? true : nil }
        #expect(try ask(port, trusting: other).output == ExampleModel.answer.body)
        #expect(try ask(port, trusting: identity).exitCode == 60)
        #expect(try metric("tls_certificate_problem", port) == 0)
        let end = try metric("tls_certificate_expiry_timestamp_seconds", port)
        #expect(try #require(end) > Date.now.timeIntervalSince1970)
        #expect(!server.log.contains("PRIVATE KEY"))
    }

    private func metric(_ name: String, _ port: Int) throws -> Double? {
        let page = try BuiltTool.shell("curl -sk https://127.0.0.1:\(port)/metrics").output
        let line = page.split(separator: "\n").first { $0.hasPrefix("\(name) ") }
        return line.flatMap { Double($0.dropFirst(name.count + 1)) }
    }

    /// The statuses of three calls over gRPC: without a key, with `secret`, with another one.
    private func call(
        _ server: ServerProcess, trusting identity: ServerIdentity, as client: ServerIdentity? = nil
    ) async throws -> String {
        let port = try await server.wait("it listens for gRPC") { log in
            log.split(separator: "\"grpc_port\":\"").dropFirst().first.flatMap { Int($0.prefix { $0.isNumber }) }
        }
        return try PythonEnvironment("peers").run(
            URL(filePath: "\(ExampleModel.root)/Tests/SystemTests/secure_grpc.py"),
            ["\(port)", "anomaly-detector", "[[0.5, 0.6, 0.4, 100, 80]]", identity.certificateFile]
                + (client.map { [$0.certificateFile, $0.keyFile] } ?? []))
    }

    private static let unavailable = #"["UNAVAILABLE", "UNAVAILABLE", "UNAVAILABLE"]"#

    @Test("gRPC shares certificate and keys, and takes up a renewed certificate")
    func calls() async throws {
        try putIdentity(identity)
        let digest = try BuiltTool.shell("printf secret | sha256sum | cut -c1-64").output
        folder.write(Array("notebook predict \(digest)".utf8), to: "keys")
        let (server, _) = try await served(["--api-keys", folder.path("keys")])
        let statuses = #"["UNAUTHENTICATED", "OK", "UNAUTHENTICATED"]"#
        #expect(try await call(server, trusting: identity).contains(statuses))
        #expect(try await call(server, trusting: other).contains(Self.unavailable))
        try putIdentity(other)
        try await server.wait("it takes the certificate") { $0.contains("certificate renewed") ? true : nil }
        #expect(try await call(server, trusting: other).contains(statuses))
        #expect(try await call(server, trusting: identity).contains(Self.unavailable))
    }

    @Test("With authorities for clients, gRPC answers only those with a certificate of theirs")
    func mutualCalls() async throws {
        try putIdentity(identity)
        let client = try ServerIdentity(name: "DNS:client")
        let (server, _) = try await served(["--ssl-ca-certs", client.certificateFile])
        #expect(try await call(server, trusting: identity, as: client).contains(#"["OK", "OK", "OK"]"#))
        for stranger in [nil, other] {
            #expect(try await call(server, trusting: identity, as: stranger).contains(Self.unavailable))
        }
    }

    @Test("A client that stops in the middle of the handshake is left, and does not hold up the end of the server")
    func unfinishedHandshake() async throws {
        try putIdentity(identity)
        let (patient, port) = try await served()
        let waiting = try HTTPConnection(port: port)
        try waiting.send([0x16, 0x03, 0x01])
        #expect(try ask(port, trusting: identity).exitCode == 0)
        let start = ContinuousClock.now
        patient.send(SIGTERM)
        #expect(try await patient.exitCode() == 0)
        #expect(start.duration(to: .now) < .seconds(15))
        let (server, otherPort) = try await served(["--timeout-keep-alive", "0.5"])
        let idle = try HTTPConnection(port: otherPort)
        try idle.send([0x16, 0x03, 0x01])
        #expect(throws: HTTPConnection.Failure.self) { try idle.receive() }
        withExtendedLifetime((waiting, server)) {}
    }

    @Test("Files that make no identity are refused at the start")
    func refused() throws {
        try putIdentity(identity)
        let serve = ["serve", ExampleModel.path, "--http-port", "0", "--ssl-certfile", folder.path("tls.crt")]
        let cases: [(arguments: [String], exitCode: Int32, sentence: String)] = [
            (["--ssl-keyfile", folder.path("nothing")], 2, "nothing cannot be read as the key"),
            (["--ssl-keyfile", folder.path("tls.crt")], 2, "tls.crt cannot be read as the key"),
            (["--ssl-keyfile", other.keyFile], 2, "does not belong to the certificate"),
            (
                ["--ssl-keyfile", identity.keyFile, "--ssl-ca-certs", folder.path("tls.key")], 2,
                "certificates of clients"
            ),
            ([], 64, "go together"),
        ]
        for (arguments, exitCode, sentence) in cases {
            let outcome = try BuiltTool.run(serve + arguments)
            #expect(outcome.exitCode == exitCode, "\(outcome.errors)")
            #expect(outcome.errors.contains(sentence), "\(outcome.errors)")
        }
    }
}
