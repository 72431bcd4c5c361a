import Glibc
import TestSupport
import Testing

@Suite("The port of health and metrics")
struct OperationsPortTests {
    private let folder = TemporaryFolder()

    private func port(of server: ServerProcess) async throws -> Int {
        try await server.wait("it listens for operations") { log in
            log.split(separator: "\"operations_port\":\"").dropFirst().first.flatMap { Int($0.prefix { $0.isNumber }) }
        }
    }

    @Test("It answers for health and metrics alone, to everybody, without TLS, and while the server stops")
    func answers() async throws {
        folder.write(Array("a predict \(String(repeating: "0", count: 64))\n".utf8), to: "keys")
        let (server, guarded) = try await ExampleModel.served(
            ["--operations-port", "0", "--api-keys", folder.path("keys"), "--guard-metrics", "--drain-delay", "5"])
        let port = try await port(of: server)
        #expect(try HTTPConnection.ask(guarded, "GET", "/metrics").status == 401)
        let metrics = try HTTPConnection.ask(port, "GET", "/metrics")
        #expect(metrics.status == 200)
        #expect(metrics.body.contains(#"http_requests_total{route="metrics",code="401"} 1"#))
        for (path, status) in [("/health", 200), ("/ready", 200), ("/v1/models", 404), ("/x", 404)] {
            #expect(try HTTPConnection.ask(port, "GET", path).status == status, "\(path)")
        }
        #expect(try HTTPConnection.ask(port, "POST", "/metrics").status == 405)
        server.send(SIGTERM)
        try await server.wait("it stops") { $0.contains("finishing the requests in flight") ? true : nil }
        #expect(try HTTPConnection.ask(port, "GET", "/ready").status == 503)
        #expect(try HTTPConnection.ask(port, "GET", "/health").status == 200)
        #expect(try await server.exitCode() == 0)
    }

    @Test("The port in use ends the start with a message that names its flag")
    func portInUse() async throws {
        let (first, port) = try await ExampleModel.served()
        let second = try ServerProcess(
            ["serve", folder.path, "--host", "127.0.0.1", "--http-port", "0", "--grpc-port", "0"]
                + ["--operations-port", "\(port)"])
        #expect(try await second.exitCode() == 2)
        #expect(second.log.contains("port \(port) of 127.0.0.1 is in use"))
        #expect(second.log.contains("--operations-port"))
        withExtendedLifetime(first) {}
    }

    @Test("promtool finds nothing to object to in the metrics")
    func promtool() async throws {
        let (server, port) = try await ExampleModel.served()
        #expect(try HTTPConnection.ask(port, "POST", ExampleModel.predict, body: ExampleModel.question).status == 200)
        let metrics = try HTTPConnection.ask(port, "GET", "/metrics").body
        folder.write(Array(metrics.utf8), to: "metrics")
        let promtool = PrometheusUnderTest.program("prometheus", "promtool")
        let outcome = try BuiltTool.shell("\(promtool) check metrics < \(folder.path("metrics"))")
        #expect(outcome.exitCode == 0, "\(outcome.output)\(outcome.errors)")
        withExtendedLifetime(server) {}
    }
}
