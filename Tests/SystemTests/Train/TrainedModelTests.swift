import Foundation
import TestSupport
import Testing

/// What `apus train` wrote, behind the stock KServe SDK.
@Suite("A trained model in KServe's Python server")
struct TrainedModelTests {
    private let folder = TemporaryFolder()

    @Test("KServe's server loads it and answers what Apus answers")
    func served() async throws {
        let trained = try BuiltTool.run(
            ["train", "anomaly-detector", "--days", "3", "--store", folder.path("models")])
        #expect(trained.exitCode == 0, "\(trained.errors)")
        let model = folder.path("models/anomaly-detector")
        let body = #"{"instances": [[0.5, 0.6, 0.0, 20, 15], [0.99, 0.97, 9, 90, 70], [0.3, 0.5, 0.001, 40, 30]]}"#
        let (own, ownPort) = try await ServerProcess.serving(["anomaly-detector=\(model)/model.pkl"])
        let port = try freePort()
        let script = BuiltTool.root.appending(path: "Benchmarks/peers/kserve_server.py").path
        let peer = try ServerProcess(program: [
            PythonEnvironment.program("python", in: "peers"), script, "--model_dir", model, "--model_name",
            "anomaly-detector", "--http_port", "\(port)", "--enable_grpc", "false",
        ])
        try await waitUntilReady(peer, port)
        let answers = try [ownPort, port].map { try predictions($0, body) }
        #expect(answers[0].contains("-1") && answers[0] == answers[1])
        withExtendedLifetime((own, peer)) {}
    }

    private func freePort() throws -> Int {
        let ask = "import socket; s = socket.socket(); s.bind(('127.0.0.1', 0)); print(s.getsockname()[1])"
        let printed = try BuiltTool.run("/usr/bin/env", ["python3", "-c", ask]).output
        return try #require(Int(printed.trimmingCharacters(in: .whitespacesAndNewlines)))
    }

    private func waitUntilReady(_ peer: ServerProcess, _ port: Int) async throws {
        for _ in 0..<600 {
            let asked = try BuiltTool.run(
                "/usr/bin/env", ["curl", "-fs", "http://127.0.0.1:\(port)/v1/models/anomaly-detector"])
            if asked.exitCode == 0 { return }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw ServerProcess.Failure(description: "KServe's server is not ready:\n\(peer.log)")
    }

    /// What KServe's own client understands of the answer.
    private func predictions(_ port: Int, _ body: String) throws -> String {
        let script = BuiltTool.root.appending(path: "Tests/SystemTests/kserve_predict.py")
        return try PythonEnvironment("peers").run(script, ["\(port)", "anomaly-detector", body])
    }
}
