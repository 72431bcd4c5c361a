import Foundation
import NetworkTestSupport
import Synchronization
import TestSupport
import Testing

/// The tool against a web server, and killed at a bad moment.
@Suite("Downloads that are killed")
struct RemoteDownloadTests {
    /// 96 MB, of which no block is like another.
    private static func content() -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(96 << 20)
        var block = [UInt8](repeating: 7, count: 1 << 20)
        for index in 0..<96 {
            block[0] = UInt8(index)
            bytes += block
        }
        return bytes
    }

    @Test("A download that was killed with -9 is gone on with, and only what is missing is asked for again")
    func killed() async throws {
        let folder = TemporaryFolder()
        let file = ServedFile(Self.content())
        let isStalled = Mutex(true)
        let server = try await ScriptedServer { request in
            // The last two parts do not come as long as the first process lives.
            let isLate = request.method == "GET" && request.rangeStart >= 64 << 20
            return isLate && isStalled.withLock { $0 } ? [] : [file.answer(request)]
        }
        let words = ["models", "load", "\(server.url)/model.pkl", "--output", folder.path("copy.pkl")]
        let first = try ServerProcess(words)
        for _ in 0..<1_000 where try !names(in: folder).contains(where: { $0.hasSuffix(".json") }) {
            try await Task.sleep(for: .milliseconds(20))
        }
        first.send(SIGKILL)
        #expect(try await first.exitCode() == 128 + SIGKILL)
        #expect(try !names(in: folder).contains("copy.pkl"))
        isStalled.withLock { $0 = false }
        let before = server.requests.count
        let outcome = try BuiltTool.run(words)
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        #expect(try Data(contentsOf: URL(filePath: folder.path("copy.pkl"))) == Data(file.bytes))
        #expect(try names(in: folder) == ["copy.pkl"])
        let starts = server.requests[before...].filter { $0.method == "GET" }.map(\.rangeStart).sorted()
        #expect(starts == [64 << 20, 80 << 20])
    }

    private func names(in folder: TemporaryFolder) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path)
    }

    @Test("A server takes a model from the web under a name, and says why one cannot be had")
    func serving() async throws {
        let model = try Data(contentsOf: BuiltTool.root.appending(path: "Examples/anomaly-detector/model.pkl"))
        let file = ServedFile(Array(model))
        let web = try await ScriptedServer { request in
            request.target.hasPrefix("/model.pkl?key=hunter2") ? [file.answer(request)] : [.answer(403)]
        }
        let folder = TemporaryFolder()
        let (server, port) = try await ServerProcess.serving(
            ["m=\(web.url)/model.pkl?key=hunter2", "\(web.url)/secret.pkl", "--cache-dir", folder.path])
        try await server.wait("the model is loaded") { $0.contains("model loaded") ? true : nil }
        let question = #"{"instances": [[0.5, 0.6, 0.4, 100, 80]]}"#
        let answer = try HTTPConnection.ask(port, "POST", "/v1/models/m:predict", body: question)
        #expect(answer.body == #"{"predictions":[1],"model_name":"m"}"#)
        try await server.wait("the other model is refused") { $0.contains("the server answered 403") ? true : nil }
        let missing = try HTTPConnection.ask(port, "GET", "/v1/models/secret")
        #expect(missing.status == 503)
        #expect(missing.body.contains("cannot be downloaded: \(web.url)/secret.pkl: the server answered 403"))
        #expect(!server.log.contains("hunter2"))
    }
}
