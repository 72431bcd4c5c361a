import Foundation
import ModelStore
import TestSupport
import Testing

@Suite("apus train from a real Prometheus")
struct TrainPrometheusTests {
    private let folder = TemporaryFolder()

    @Test("Two weeks of history make models whose metadata tells the queries that answered")
    func history() async throws {
        let cluster = ClusterUnderTest(days: 14, endingAt: Int(Date.now.timeIntervalSince1970) - 60)
        let server = try await PrometheusUnderTest(cluster.history)
        let outcome = try BuiltTool.run(
            [
                "train", "--all", "--source", "prometheus", "--days", "13", "--trees", "10", "--no-promote",
                "--store", folder.path("models"),
            ], variables: ["PROMETHEUS_URL": server.url], seconds: 240)
        #expect([0, 3].contains(outcome.exitCode), "\(outcome.errors)")
        let store = ModelStore(path: folder.path("models"), writer: "test")
        for (name, metrics) in [("anomaly-detector", 5), ("predictive-analytics", 5)] {
            let version = try #require(try store.model(ModelName(name)).versions.last, "\(outcome.errors)")
            let details = try #require(version.metadata?.details)
            let all = try #require(details.features?.object?["metrics"]?.array).compactMap(\.object)
            let origins = all.filter { $0["source"]?.string == "prometheus" }
            #expect(origins.count == metrics)
            for origin in origins {
                #expect(origin["query"]?.string?.isEmpty == false)
                #expect((origin["values"]?.integer ?? 0) > 12 * 288)
            }
            let cpu = origins.first { $0["name"]?.string == "cpu_usage" }
            #expect(cpu?["query"]?.string?.contains("rate(node_cpu_seconds_total{mode=\"user\"}[5m])") == true)
            let sources = details.data?.object?["segments"]?.array?.compactMap { $0.object?["source"]?.string }
            #expect(sources?.sorted() == ["prometheus", "synthetic"])
        }
    }
}
