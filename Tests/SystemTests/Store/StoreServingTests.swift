import Foundation
import ModelStore
import Synchronization
import TestSupport
import Testing

@Suite("A store, served")
struct StoreServingTests {
    private static let body = Array(
        #"{"instances": [[0.3, -0.2, 1.1, 0.4, -1.7]], "parameters": {"outputs": ["score_samples"]}}"#.utf8)
    /// A caller that asks again and again, on a thread of its own, and remembers what it was answered.
    private final class Caller: Sendable {
        private let answers = Mutex<[String: Int]>([:])
        private let isDone = Mutex(false)
        private let hasEnded = DispatchSemaphore(value: 0)

        init(port: Int) {
            Thread.detachNewThread { [self] in
                do {
                    let connection = try HTTPConnection(port: port)
                    while !isDone.withLock(\.self) {
                        try connection.send("POST", StoreServingTests.predict, body: StoreServingTests.body)
                        let answer = try connection.receive()
                        answers.withLock { $0["\(answer.status) \(answer.body)", default: 0] += 1 }
                    }
                } catch {
                    answers.withLock { $0["\(error)", default: 0] += 1 }
                }
                hasEnded.signal()
            }
        }

        /// Lets the caller finish; how often each answer came, errors among them.
        func end() -> [String: Int] {
            isDone.withLock { $0 = true }
            hasEnded.wait()
            return answers.withLock(\.self)
        }
    }

    private static let predict = "/v1/models/forest:predict"

    /// A store with two versions that answer differently, the first promoted, and a server for it.
    private func served() async throws -> (StoreUnderTest, ServerProcess, Int) {
        let test = try StoreUnderTest()
        for model in test.models {
            #expect(try test.apus("save", "forest", model.path, "--no-promote").exitCode == 0)
        }
        let (server, port) = try await ServerProcess.serving([test.store.layout.path])
        try await server.wait("the model is loaded") { $0.contains("model loaded") ? true : nil }
        return (test, server, port)
    }

    /// Waits until the server says that it serves what a command asked for.
    private func wait(_ port: Int, untilServing part: String) async throws {
        for _ in 0..<500 {
            if try HTTPConnection.ask(port, "GET", "/v1/models/forest").body.contains(part) { return }
            try await Task.sleep(for: .milliseconds(20))
        }
        throw ServerProcess.Failure(
            description: "waited in vain for \(part): \(try HTTPConnection.ask(port, "GET", "/v1/models/forest").body)")
    }

    @Test("Versions are promoted and rolled back under load, and every request is answered by one of them")
    func promotedUnderLoad() async throws {
        let (test, server, port) = try await served()
        let first = try HTTPConnection.ask(port, "POST", Self.predict, body: String(decoding: Self.body, as: UTF8.self))
        #expect(first.body.contains(#""model_version":"1""#))
        let callers = [Caller(port: port), Caller(port: port)]
        for _ in 0..<10 {
            #expect(try test.apus("promote", "forest", "2").exitCode == 0)
            try await wait(port, untilServing: #"{"version":"2","role":"promoted""#)
            #expect(try test.apus("rollback", "forest").exitCode == 0)
            try await wait(port, untilServing: #"{"version":"1","role":"promoted""#)
        }
        let answers = callers.map { $0.end() }.reduce(into: [String: Int]()) { sum, counts in
            sum.merge(counts, uniquingKeysWith: +)
        }
        print("served: \(answers.values.reduce(0, +)) requests answered over 20 swaps")
        #expect(answers.count == 2)
        #expect(answers.keys.contains("200 \(first.body)"))
        #expect(answers.keys.contains { $0.hasPrefix("200 ") && $0.contains(#""model_version":"2""#) })
        withExtendedLifetime(server) {}
    }

    @Test("A canary gets its share, one caller one version, and a shadow is compared")
    func split() async throws {
        let (test, server, port) = try await served()
        #expect(try test.apus("canary", "forest", "2", "--percent", "10").exitCode == 0)
        try await wait(port, untilServing: #"{"version":"2","role":"canary","percent":10"#)
        let connection = try HTTPConnection(port: port)
        var canaries = 0
        for _ in 0..<10_000 {
            try connection.send("POST", Self.predict, body: Self.body)
            let answer = try connection.receive()
            #expect(answer.status == 200)
            if answer.body.contains(#""model_version":"2""#) { canaries += 1 }
        }
        print("served: a canary of 10 % answered \(canaries) of 10 000 requests")
        #expect(abs(Double(canaries) / 100 - 10) < 2)

        #expect(
            try test.apus("canary", "forest", "2", "--percent", "50", "--sticky-header", "X-User").exitCode == 0)
        try await wait(port, untilServing: #"{"version":"2","role":"canary","percent":50"#)
        var versions: Set<String> = []
        for user in 0..<40 {
            let answers = try (0..<3).map { _ in
                try connection.send(
                    "POST \(Self.predict) HTTP/1.1\r\nHost: localhost\r\nx-user: user-\(user)\r\n"
                        + "Content-Length: \(Self.body.count)\r\n\r\n")
                try connection.send(Self.body)
                return try connection.receive().body
            }
            #expect(Set(answers).count == 1)
            versions.formUnion(answers)
        }
        #expect(versions.count == 2)

        #expect(try test.apus("canary", "forest", "--off").exitCode == 0)
        #expect(try test.apus("shadow", "forest", "2").exitCode == 0)
        try await wait(port, untilServing: #"{"version":"2","role":"shadow"}"#)
        for _ in 0..<100 {
            try connection.send("POST", Self.predict, body: Self.body)
            #expect(try connection.receive().body.contains(#""model_version":"1""#))
        }
        for _ in 0..<500 {
            let metrics = try HTTPConnection.ask(port, "GET", "/metrics").body
            if metrics.contains(#"model_shadow_rows_total{model_name="forest",model_version="2"} 100"#) { break }
            try await Task.sleep(for: .milliseconds(20))
        }
        let metrics = try HTTPConnection.ask(port, "GET", "/metrics").body
        #expect(metrics.contains(#"model_shadow_rows_total{model_name="forest",model_version="2"} 100"#))
        #expect(metrics.contains(#"model_shadow_errors_total{model_name="forest",model_version="2"} 0"#))
        withExtendedLifetime(server) {}
    }

    @Test("A half-copied model that grows is not served, and the one before goes on")
    func growing() async throws {
        let (test, server, port) = try await served()
        let bytes = try Data(contentsOf: URL(filePath: test.models[1].path))
        let file = try FileHandle(forWritingTo: URL(filePath: test.path("model.pkl")))
        try file.truncate(atOffset: 0)
        for part in 0..<20 {
            try file.write(contentsOf: bytes[bytes.count * part / 20..<bytes.count * (part + 1) / 20])
            let answer = try HTTPConnection.ask(
                port, "POST", Self.predict, body: String(decoding: Self.body, as: UTF8.self))
            #expect(answer.status == 200)
            #expect(answer.body.contains(#""model_version":"1""#))
            try await Task.sleep(for: .milliseconds(100))
        }
        try file.close()
        try await wait(port, untilServing: #"{"version":"2","role":"promoted""#)
        withExtendedLifetime(server) {}
    }

    @Test("Models appear and go with their folders, and clients have them unloaded and loaded")
    func appearing() async throws {
        let (test, server, port) = try await served()
        #expect(try test.apus("save", "other", test.models[1].path).exitCode == 0)
        try await server.wait("the other model is loaded") { log in
            log.components(separatedBy: "model loaded").count > 2 ? true : nil
        }
        #expect(try HTTPConnection.ask(port, "GET", "/v1/models").body == #"{"models":["forest","other"]}"#)
        #expect(try HTTPConnection.ask(port, "POST", "/v2/repository/models/other/unload", body: "{}").status == 200)
        #expect(try HTTPConnection.ask(port, "GET", "/v1/models/other").status == 404)
        #expect(try HTTPConnection.ask(port, "POST", "/v2/repository/models/other/load", body: "{}").status == 200)
        #expect(try HTTPConnection.ask(port, "GET", "/v1/models/other").status == 200)
        #expect(try test.apus("delete", "other", "--all").exitCode == 0)
        try await server.wait("the other model is gone") { $0.contains("model removed") ? true : nil }
        #expect(try HTTPConnection.ask(port, "GET", "/v1/models").body == #"{"models":["forest"]}"#)
    }
}
