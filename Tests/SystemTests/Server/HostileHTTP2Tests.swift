import Foundation
import TestSupport
import Testing

@Suite("The gRPC server, with clients that misuse HTTP/2")
struct HostileHTTP2Tests {
    /// How the server ended a connection.
    private struct End: Decodable {
        let goaway: Int?
        let answered: Bool
        let closed: Bool
    }

    private func end(_ port: Int, _ way: String) throws -> End {
        let script = URL(filePath: "\(ExampleModel.root)/Tests/SystemTests/hostile_http2.py")
        let output = try PythonEnvironment("peers").run(script, [String(port), way])
        return try JSONDecoder().decode(End.self, from: Data(output.utf8))
    }

    @Test("Their connections are ended, and the server answers others", .timeLimit(.minutes(2)))
    func ended() async throws {
        let (server, port) = try await ExampleModel.served(["--grpc_port", "0"])
        let grpc = try await server.wait("gRPC listens") { log in
            log.firstMatch(of: #/"grpc_port":"(\d+)"/#).flatMap { Int($0.1) }
        }
        let before = try resident(server)
        // ENHANCE_YOUR_CALM, and PROTOCOL_ERROR (RFC 9113, section 7).
        #expect(try end(grpc, "rapid-reset").goaway == 11)
        #expect(try end(grpc, "endless-head").goaway == 1)
        #expect(try end(grpc, "long-head").goaway == 1)
        let flood = try end(grpc, "ping-flood")
        #expect(flood.closed && !flood.answered)
        #expect(try end(grpc, "nothing").answered)
        #expect(try HTTPConnection.ask(port, "GET", "/ready").status == 200)
        #expect(try resident(server) < before + 32 << 20)
    }

    /// The resident memory of a server, in bytes.
    private func resident(_ server: ServerProcess) throws -> Int {
        let status = try String(contentsOfFile: "/proc/\(server.pid)/status", encoding: .utf8)
        let kilobytes = status.firstMatch(of: #/VmRSS:\s+(\d+) kB/#).flatMap { Int($0.1) }
        return try #require(kilobytes) << 10
    }
}
