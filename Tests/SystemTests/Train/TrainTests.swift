import Foundation
import TestSupport
import Testing

@Suite("apus train")
struct TrainTests {
    private let folder = TemporaryFolder()

    private func train(_ arguments: String...) throws -> BuiltTool.Outcome {
        try BuiltTool.run(["train"] + arguments + ["--store", folder.path("models")])
    }

    private func versions(of name: String) throws -> [String] {
        let path = folder.path("models/\(name)")
        guard FileManager.default.fileExists(atPath: path) else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: path).filter { $0.hasPrefix("v") }.sorted()
    }

    @Test("A detector is fitted, judged, promoted and served, with a report for people, programs and browsers")
    func detector() throws {
        let reports = folder.path("reports")
        let outcome = try train("anomaly-detector", "--days", "3", "--trees", "50", "--reports", reports, "--json")
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        let report = try #require(
            try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
        #expect(report.keys.contains("scores"))
        let page = try String(contentsOfFile: "\(reports)/anomaly-detector-v1.html", encoding: .utf8)
        #expect(page.contains("<svg"))
        let kept = try String(contentsOfFile: "\(reports)/anomaly-detector-v1.json", encoding: .utf8)
        #expect(kept == outcome.output.dropLast())
        let rows = folder.path("rows.csv")
        folder.write(Array("0.5,0.6,0.0,20,15\n0.99,0.97,9,90,70\n".utf8), to: "rows.csv")
        let model = folder.path("models/anomaly-detector/model.pkl")
        let answer = try BuiltTool.run(["predict", model, "--input", rows])
        #expect(answer.output.hasSuffix(",-1]}\n"), "\(answer.output)")
    }

    @Test("Where Prometheus cannot be had, hybrid goes on and says so, and prometheus fails")
    func unreachable() throws {
        let url = ["--prometheus-url", "http://127.0.0.1:9", "--days", "3", "--trees", "20", "--timeout", "1"]
        let hybrid = try BuiltTool.run(
            ["train", "anomaly-detector", "--source", "hybrid", "--store", folder.path("models")] + url)
        #expect(hybrid.exitCode == 0, "\(hybrid.errors)")
        #expect(hybrid.errors.contains("ALL DATA IS SYNTHETIC, because prometheus could not be used"))
        let alone = try BuiltTool.run(
            ["train", "other", "--kind", "anomaly-detector", "--store", folder.path("models")] + url)
        #expect(alone.exitCode == 1)
        #expect(alone.errors.contains("127.0.0.1:9"))
        #expect(try versions(of: "other") == [])
    }

    @Test(
        "A CSV file that is not what it should be is refused by its line",
        arguments: [
            ("timestamp,cpu_usage\n2026-01-01T00:00Z,0.5\n", "memory_usage"),
            ("timestamp,cpu_usage,memory_usage,pod_restarts,network_in,network_out\n0,0.5,x,0,1,1\n", "line 2"),
            ("cpu_usage\n0.5\n", "timestamp"), ("", "the file is empty"),
        ])
    func csv(content: String, sentence: String) throws {
        folder.write(Array(content.utf8), to: "data.csv")
        let outcome = try train("anomaly-detector", "--csv", folder.path("data.csv"))
        #expect(outcome.exitCode == 2, "\(outcome.errors)")
        #expect(outcome.errors.contains(sentence), "\(outcome.errors)")
        #expect(try versions(of: "anomaly-detector") == [])
    }

    @Test("Too little data is said, and nothing is saved")
    func tooLittle() throws {
        let outcome = try train("predictive-analytics", "--days", "0.2")
        #expect(outcome.exitCode == 2)
        #expect(outcome.errors.contains("take a longer window"))
        #expect(try versions(of: "predictive-analytics") == [])
    }

    @Test("SIGTERM in the middle of a fit saves nothing")
    func stopped() async throws {
        let process = try ServerProcess([
            "train", "anomaly-detector", "--trees", "100000", "--store", folder.path("models"),
        ])
        try await process.wait("it fits") { $0.contains("features:") ? true : nil }
        process.send(SIGTERM)
        #expect(try await process.exitCode() == 1)
        #expect(process.log.contains("cancelled") || process.log.contains("told to stop"))
        #expect(try versions(of: "anomaly-detector") == [])
    }

    @Test("Both kinds are trained, with the platform's variables, and what went worst decides the exit code")
    func all() throws {
        let reports = folder.path("reports")
        let outcome = try BuiltTool.run(
            ["train", "--all", "--trees", "5", "--store", folder.path("models"), "--reports", reports],
            variables: ["TRAINING_DAYS": "3", "LOOKBACK_WINDOW": "6", "FORECAST_HORIZON": "2", "RANDOM_SEED": "1"])
        #expect([0, 3].contains(outcome.exitCode), "\(outcome.errors)")
        let report = try JSONSerialization.jsonObject(
            with: try Data(contentsOf: URL(filePath: "\(reports)/predictive-analytics-v1.json")))
        let decision = (report as? [String: Any])?["decision"] as? [String: Any]
        let detector = try String(contentsOfFile: "\(reports)/anomaly-detector-v1.json", encoding: .utf8)
        let outcomes = [decision?["outcome"] as? String, detector.contains("\"rejected\"") ? "rejected" : "promoted"]
        #expect((outcome.exitCode == 3) == outcomes.contains("rejected"))
        let shown = try BuiltTool.run(
            ["models", "show", "predictive-analytics", "--json", "--store", folder.path("models")])
        #expect(shown.output.contains("forecast-30"), "\(shown.output)")
        #expect(shown.output.contains("cpu_usage_lead_2") && !shown.output.contains("cpu_usage_lead_3"))
    }

    @Test("A failure of one of both models does not keep the other from being trained")
    func partialFailure() throws {
        let outcome = try train("--all", "--days", "0.2", "--trees", "5", "--anomaly-rate", "0.3")
        #expect(outcome.exitCode == 2)
        #expect(outcome.errors.contains("take a longer window"), "\(outcome.errors)")
        #expect(try versions(of: "anomaly-detector") == ["v1"])
        #expect(try versions(of: "predictive-analytics") == [])
    }

    @Test("A restart is refused outside a cluster, before anything is trained")
    func noCluster() throws {
        let outcome = try BuiltTool.run(
            ["train", "anomaly-detector", "--trigger", "rollout", "--store", folder.path("models")],
            variables: ["KUBERNETES_SERVICE_HOST": ""])
        #expect(outcome.exitCode == 2)
        #expect(outcome.errors.contains("this is not a pod of a cluster"))
        #expect(try versions(of: "anomaly-detector") == [])
    }

    @Test(
        "Mistakes of usage",
        arguments: [
            ["other"], ["anomaly-detector", "--contamination", "0.9"], ["anomaly-detector", "--days", "0"], [],
            ["anomaly-detector", "--all"], ["--all", "--kind", "anomaly-detector"],
            ["anomaly-detector", "--schedule", "0 2 * *"], ["anomaly-detector", "--schedule", "0 0 30 2 *"],
            ["anomaly-detector", "--time-zone", "UTC"],
            ["anomaly-detector", "--schedule", "@weekly", "--time-zone", "../../etc/passwd"],
            ["anomaly-detector", "--namespace", "models"], ["predictive-analytics", "--horizon", "289"],
            ["anomaly-detector", "--splitter", "histogram"], ["predictive-analytics", "--splitter", "other"],
        ])
    func usage(_ arguments: [String]) throws {
        #expect(try BuiltTool.run(["train"] + arguments + ["--store", folder.path("models")]).exitCode == 64)
    }
}
