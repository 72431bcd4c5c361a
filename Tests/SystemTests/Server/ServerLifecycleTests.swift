import Glibc
import TestSupport
import Testing

@Suite("The server, from start to end")
struct ServerLifecycleTests {
    private let folder = TemporaryFolder()

    private func obstacle(_ port: Int) throws -> String {
        let answer = try HTTPConnection.ask(port, "GET", "/ready")
        #expect(answer.status == 503)
        return answer.body
    }

    @Test("SIGTERM lets a request in flight finish, and ends the process well")
    func drain() async throws {
        let (server, port) = try await ExampleModel.served()
        let body = Array(ExampleModel.question.utf8)
        let connection = try HTTPConnection(port: port)
        try connection.send("POST \(ExampleModel.predict) HTTP/1.1\r\nHost: localhost\r\n")
        try connection.send("Content-Length: \(body.count)\r\n\r\n")
        try connection.send(Array(body[..<10]))
        try await Task.sleep(for: .milliseconds(100))
        server.send(SIGTERM)
        try await server.wait("it stops") { $0.contains("finishing the requests in flight") ? true : nil }
        try await Task.sleep(for: .milliseconds(100))
        #expect(throws: HTTPConnection.Failure.self) { try HTTPConnection.ask(port, "GET", "/") }
        try connection.send(Array(body[10...]))
        #expect(try connection.receive() == ExampleModel.answer)
        #expect(try await server.exitCode() == 0)
    }

    @Test("While the server still listens after SIGTERM, it says that it is not ready")
    func drainDelay() async throws {
        let (server, port) = try await ExampleModel.served(["--drain-delay", "5"])
        #expect(try HTTPConnection.ask(port, "GET", "/ready").status == 200)
        server.send(SIGTERM)
        try await server.wait("it stops") { $0.contains("finishing the requests in flight") ? true : nil }
        #expect(try obstacle(port).contains("shutting down"))
        #expect(try HTTPConnection.ask(port, "GET", "/health/live").status == 200)
        #expect(try await server.exitCode() == 0)
    }

    @Test("A second signal ends the process at once")
    func secondSignal() async throws {
        let (server, port) = try await ExampleModel.served()
        let connection = try HTTPConnection(port: port)
        try connection.send("POST \(ExampleModel.predict) HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{")
        try await Task.sleep(for: .milliseconds(100))
        server.send(SIGTERM)
        try await server.wait("it stops") { $0.contains("finishing the requests in flight") ? true : nil }
        try await Task.sleep(for: .milliseconds(200))
        server.send(SIGINT)
        #expect(try await server.exitCode() == 128 + SIGINT)
        withExtendedLifetime(connection) {}
    }

    @Test("A port in use ends the start with a clear message")
    func portInUse() async throws {
        let (first, port) = try await ServerProcess.serving([folder.path])
        let second = try ServerProcess(
            ["serve", folder.path, "--host", "127.0.0.1", "--http-port", "\(port)", "--grpc-port", "0"])
        #expect(try await second.exitCode() == 2)
        #expect(second.log.contains("port \(port) of 127.0.0.1 is in use by another program"))
        withExtendedLifetime(first) {}
    }

    @Test(
        "Nothing to serve is a mistake of usage",
        arguments: [
            ["serve"], ["serve", "=x"], ["serve", "x", "--http-port", "70000"], ["serve", "x", "--ssl_certfile", "c"],
        ])
    func usage(_ arguments: [String]) async throws {
        #expect(try await ServerProcess(arguments).exitCode() == 64)
    }

    @Test("In an empty folder the server waits for a model, and answers when it appears")
    func appears() async throws {
        let (server, port) = try await ServerProcess.serving(
            ["--model_dir", folder.path, "--model_name=anomaly-detector", "--enable_grpc", "true", "--unknown", "1"])
        #expect(try obstacle(port).contains("waiting for model file in \(folder.path)"))
        let early = try HTTPConnection.ask(port, "POST", ExampleModel.predict, body: ExampleModel.question)
        #expect(early.status == 503)
        #expect(early.body.hasPrefix(#"{"error":"Model with name anomaly-detector is not ready."#))
        folder.write(try ExampleModel.bytes(), to: "part")
        rename(folder.path("part"), folder.path("model.pkl"))
        try await server.wait("the model is loaded") { $0.contains("model loaded") ? true : nil }
        #expect(try HTTPConnection.ask(port, "GET", "/ready").status == 200)
        #expect(
            try HTTPConnection.ask(port, "POST", ExampleModel.predict, body: ExampleModel.question)
                == ExampleModel.answer)
        #expect(server.log.contains("unknown flag --unknown is ignored"))
        #expect(!server.log.contains("enable_grpc"))
    }

    @Test("Two pickles are not ready, with KServe's sentence")
    func ambiguous() async throws {
        for name in ["a.pkl", "b.pkl"] { folder.write([1], to: name) }
        let (server, port) = try await ServerProcess.serving([folder.path])
        try await server.wait("it looked") { $0.contains("model not ready") ? true : nil }
        #expect(try obstacle(port).contains("More than one model file is detected, Only one is allowed"))
        withExtendedLifetime(server) {}
    }

    @Test("A truncated file and a hostile one are not ready, and nothing in them runs")
    func hostile() async throws {
        folder.makeFolder("truncated")
        folder.write(Array(try ExampleModel.bytes().prefix(100_000)), to: "truncated/model.pkl")
        folder.makeFolder("hostile")
        folder.write(Array("cos\nsystem\n(S'touch \(folder.path("ran"))'\ntR.".utf8), to: "hostile/model.pkl")
        let (server, port) = try await ServerProcess.serving([folder.path])
        try await server.wait("both failed") { log in
            log.split(separator: "\n").filter { $0.contains("model failed to load") }.count == 2 ? true : nil
        }
        #expect(try obstacle(port).contains("hostile"))
        #expect(access(folder.path("ran"), F_OK) != 0)
        withExtendedLifetime(server) {}
    }

    @Test("A folder that may not be read is not ready, and says why")
    func permission() async throws {
        folder.makeFolder("closed")
        chmod(folder.path("closed"), 0)
        // The superuser may read everything, unless it gives the capability away.
        let wrapper = geteuid() == 0 ? ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"] : []
        let (server, port) = try await ServerProcess.serving([folder.path("closed")], wrapper: wrapper)
        try await server.wait("it looked") { $0.contains("model not ready") ? true : nil }
        #expect(try obstacle(port).contains("cannot read \(folder.path("closed")): Permission denied"))
        chmod(folder.path("closed"), 0o700)
        withExtendedLifetime(server) {}
    }

    @Test("Several models are served at once, by name")
    func several() async throws {
        for name in ["one", "two"] {
            folder.makeFolder(name)
            folder.write(try ExampleModel.bytes(), to: "\(name)/model.pkl")
        }
        let (server, port) = try await ServerProcess.serving([folder.path, "three=\(ExampleModel.path)"])
        try await server.wait("three models are loaded") { log in
            log.split(separator: "\n").filter { $0.contains("model loaded") }.count == 3 ? true : nil
        }
        #expect(
            try HTTPConnection.ask(port, "GET", "/v1/models").body == #"{"models":["one","three","two"]}"#)
        for name in ["one", "two", "three"] {
            let answer = try HTTPConnection.ask(
                port, "POST", "/v1/models/\(name):predict", body: ExampleModel.question)
            #expect(answer.body == #"{"predictions":[1,-1],"model_name":"\#(name)"}"#)
        }
    }
}
