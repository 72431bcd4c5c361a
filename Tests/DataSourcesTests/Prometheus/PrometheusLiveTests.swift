import DataSources
import Features
import Foundation
import Outbound
import Tensors
import TestSupport
import Testing

@Suite("Series of a real Prometheus", .serialized)
struct PrometheusLiveTests {
    private func source(
        _ server: PrometheusUnderTest, _ change: (inout PrometheusSource.Settings) -> Void = { _ in }
    ) throws -> PrometheusSource {
        var settings = PrometheusSource.Settings()
        change(&settings)
        let client = try PrometheusClient(url: server.url, client: try OutboundClient())
        return PrometheusSource(client: client, settings: settings)
    }

    private static var now: Int { Int(Date.now.timeIntervalSince1970) }

    /// The average of a function in the five minutes before a moment.
    private func mean(_ value: (Int) -> Double, before time: Int) -> Double {
        stride(from: time - 295, through: time, by: 5).map(value).reduce(0, +) / 60
    }

    @Test("Two weeks of a cluster are what they truly were, through counter resets and chunks")
    func history() async throws {
        // The live exporter is a third node: what is compared ends before it began.
        let end = Self.now - 3_600
        let cluster = ClusterUnderTest(days: 14, endingAt: end)
        let server = try await PrometheusUnderTest(cluster.history)
        let schemas = [FeatureSchema.metrics6, .forecast120]
        let metrics = Array(Set(schemas.flatMap(\.metrics))).sorted { $0.name < $1.name }
        let grid = TimeGrid(endingAt: end, step: 300, count: 13 * 288)
        let collected = try await source(server).collect(metrics, on: grid)

        #expect(collected.notices == [])
        #expect(collected.origins.map(\.query) == metrics.map(\.queries.first?.promQL))
        #expect(collected.origins.allSatisfy { $0.valueCount == grid.count })
        let truths: [String: (Int) -> Double] = [
            "cpu_usage": { mean(cluster.cpuUser, before: $0) }, "memory_usage": cluster.memoryUsage,
            "disk_usage": cluster.diskUsage, "network_in": { mean(cluster.bytesIn, before: $0) / 1e6 },
            "network_out": { mean(cluster.bytesOut, before: $0) / 1e6 },
            "pod_restarts": { mean(cluster.restarts, before: $0) }, "pods_not_running": { _ in cluster.notRunning },
        ]
        for (name, values) in zip(collected.table.names, collected.table.columns) {
            let truth = try #require(truths[name])
            for (index, value) in values.enumerated() {
                let time = grid.time(index)
                // What a counter grew by between its last scrape and its reset is lost to anybody.
                let least = cluster.reset..<cluster.reset + 300 ~= time ? 0 : 0.99
                let share = value / truth(time)
                guard !(least...1.01 ~= share) else { continue }
                Issue.record("\(name) at \(time) is \(value), should be \(truth(time)), reset at \(cluster.reset)")
                break
            }
        }
        for schema in schemas {
            let rows = try schema.rows(from: collected.table)
            #expect(rows.count == grid.count - schema.history && rows.counts.filledValues == 0)
        }
        try await gaps(cluster, server)
        try await live(server)
        try await refusals(server)
    }

    /// More days than there are, and metrics that nobody scraped.
    private func gaps(_ cluster: ClusterUnderTest, _ server: PrometheusUnderTest) async throws {
        let long = TimeGrid(endingAt: cluster.range.upperBound, step: 300, count: 30 * 288)
        let short = try await source(server).collect([.memoryUsage], on: long)
        let first = try #require(short.origins.first?.firstTime)
        #expect(cluster.range.lowerBound...cluster.range.lowerBound + 300 ~= first)
        #expect(short.notices.first?.hasSuffix("14.0 days instead of 30.0") == true, "\(short.notices)")
        let missing = FeatureSchema.anomaly45.metrics[2]
        let error = await failure(of: try source(server), [.memoryUsage, missing])
        #expect(error?.code == .noData)
        #expect(error?.message.contains("pod_cpu_usage: avg((sum by (namespace, pod) (rate(") == true)
        #expect(error?.message.hasSuffix("avg((pod:container_cpu_usage:rate5m) > -Inf < +Inf) -> no data") == true)
    }

    /// What is scraped now is there at once, by the second query where the first one's metric is not.
    private func live(_ server: PrometheusUnderTest) async throws {
        let machine = Metric(
            name: "memory", unit: "MB",
            queries: [
                MetricQuery(.average, "no_such_metric"),
                MetricQuery(
                    .sum, #"node_memory_MemTotal_bytes{instance="\#(server.liveInstance)"}"#, scale: 1e-6),
            ])
        let grid = TimeGrid(start: Self.now, step: 1, count: 1)
        let collected = try await source(server).collect([machine], on: grid)
        let megabytes = try #require(collected.table["memory"]?.first)
        #expect(collected.origins.first?.query == machine.queries[1].promQL)
        let physical = Double(ProcessInfo.processInfo.physicalMemory) / 1e6
        #expect(abs(megabytes - physical) < 1)
    }

    /// Prometheus's own words for what it refuses.
    private func refusals(_ server: PrometheusUnderTest) async throws {
        let broken = await failure(of: try source(server), [metric("a", "sum(")])
        #expect(broken?.code == .rejected)
        #expect(broken?.message.contains("-> bad_data: ") == true)
        #expect(broken?.message.contains("parse error") == true)
        let wide = TimeGrid(start: grid.start, step: 1, count: 11_002)
        let source = try source(server) { $0.maximumMomentsPerQuery = 11_002 }
        let error = await #expect(throws: DataSourceError.self) {
            _ = try await source.collect([.memoryUsage], on: wide)
        }
        #expect(error?.message.contains("exceeded maximum resolution of 11,000 points per timeseries") == true)
    }

    @Test("A server that may load few samples at once is asked for less at a time")
    func fewSamples() async throws {
        let end = Self.now - 3_600
        let cluster = ClusterUnderTest(days: 1, endingAt: end)
        let server = try await PrometheusUnderTest(cluster.history, options: ["--query.max-samples=1000"])
        let grid = TimeGrid(endingAt: end, step: 300, count: 280)
        let collected = try await source(server).collect([.cpuUsage], on: grid)
        #expect(collected.origins.first?.valueCount == 280)
        let coarse = try source(server) { $0.minimumMomentsPerQuery = 280 }
        let error = await #expect(throws: DataSourceError.self) {
            _ = try await coarse.collect([.cpuUsage], on: grid)
        }
        #expect(error?.message.contains("execution: query processing would load too many samples into memory") == true)
    }
}
