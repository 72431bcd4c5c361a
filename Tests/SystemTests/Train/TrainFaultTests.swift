import Foundation
import ModelStore
import NetworkTestSupport
import TestSupport
import Testing

@Suite("apus train, with others and against faults")
struct TrainFaultTests {
    private let folder = TemporaryFolder()
    private var store: ModelStore { ModelStore(path: folder.path("models"), writer: "test") }

    private func words(_ more: String...) -> [String] {
        ["train", "anomaly-detector", "--days", "3", "--store", folder.path("models")] + more
    }

    @Test("A volume that takes no more is told, and the promoted model goes on")
    func full() throws {
        #expect(try BuiltTool.run(words()).exitCode == 0)
        let before = try store.model(ModelName("anomaly-detector"))
        // The longest file is bounded, which fails a write in the same place as a full volume does.
        let command = "trap '' XFSZ; ulimit -f 64; exec apus \(words().joined(separator: " "))"
        let outcome = try BuiltTool.shell(command)
        #expect(outcome.exitCode == 1, "\(outcome.errors)")
        #expect(outcome.errors.contains("apus: cannot write "), "\(outcome.errors)")
        #expect(try store.model(ModelName("anomaly-detector")) == before)
        #expect(try BuiltTool.run(["models", "validate", "--store", folder.path("models")]).exitCode == 0)
    }

    @Test("Two trainers at once make a version each, and the store stays whole")
    func together() async throws {
        let trainers = try ["1", "2"].map { try ServerProcess(words("--seed", $0)) }
        for trainer in trainers {
            let exitCode = try await trainer.exitCode()
            #expect([0, 3].contains(exitCode), "\(trainer.log)")
        }
        let model = try store.model(ModelName("anomaly-detector"))
        #expect(model.versions.map(\.version.number) == [1, 2])
        #expect(Set(model.versions.map(\.metadata?.details.seed)) == [1, 2])
        let passed = model.versions.filter { $0.metadata?.details.other["gate"]?.object?["passed"]?.bool == true }
        #expect(passed.map(\.version).contains(try #require(model.promoted)))
        #expect(try BuiltTool.run(["models", "validate", "--store", folder.path("models")]).exitCode == 0)
    }

    @Test("A Prometheus that refuses a name is told so, and is sent the password that no argument holds")
    func denied() async throws {
        let server = try await ScriptedServer { _ in [.answer(401, text: "Unauthorized")] }
        let outcome = try BuiltTool.run(
            words("--prometheus-url", server.url, "--source", "prometheus", "--prometheus-user", "reader"),
            variables: ["PROMETHEUS_PASSWORD": "s3cret"])
        #expect(outcome.exitCode == 1)
        #expect(outcome.errors.contains("401"), "\(outcome.errors)")
        #expect(!outcome.errors.contains("s3cret") && !outcome.output.contains("s3cret"))
        #expect(server.requests.first?.headers["authorization"] == "Basic cmVhZGVyOnMzY3JldA==")
        let missing = try BuiltTool.run(words("--prometheus-url", server.url, "--prometheus-user", "reader"))
        #expect(missing.exitCode == 64 && missing.errors.contains("$PROMETHEUS_PASSWORD"), "\(missing.errors)")
    }

    /// Two days of labelled moments in which nothing changes.
    private var constant: String {
        let rows = (0..<576).map { moment in
            "\(1_790_000_000 + 300 * moment),0.5,0.5,0.4,0,20,15,\(moment % 20 == 0 ? 1 : 0)\n"
        }
        return "timestamp,cpu_usage,memory_usage,disk_usage,pod_restarts,network_in,network_out,label\n"
            + rows.joined()
    }

    @Test("Features that never change make no detector that passes, and no forecaster at all")
    func constantFeatures() throws {
        folder.write(Array(constant.utf8), to: "constant.csv")
        let detector = try BuiltTool.run(words("--csv", folder.path("constant.csv")))
        #expect(detector.exitCode == 3, "\(detector.errors)")
        #expect(try store.model(ModelName("anomaly-detector")).promoted == nil)
        let forecaster = try BuiltTool.run([
            "train", "predictive-analytics", "--csv", folder.path("constant.csv"), "--store", folder.path("models"),
        ])
        #expect(forecaster.exitCode == 2)
        #expect(forecaster.errors.contains("cpu_usage did not change"), "\(forecaster.errors)")
    }
}
