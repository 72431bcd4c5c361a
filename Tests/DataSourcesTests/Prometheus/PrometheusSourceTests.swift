import DataSources
import Features
import NetworkTestSupport
import Tensors
import TestSupport
import Testing

@Suite("Series of a Prometheus server")
struct PrometheusSourceTests {
    @Test("Chunks are put together, in the metric's unit, whatever their size", arguments: [1, 7, 50, 100, 11_000])
    func chunks(moments: Int) async throws {
        let server = try await PrometheusServer.answering { query in
            PrometheusServer.series(query) { "\($0 - grid.start)" }
        }
        let source = try PrometheusServer.source(server, path: "/prometheus/") {
            $0.maximumMomentsPerQuery = moments
        }
        let collected = try await source.collect([metric("a", "x", scale: 0.5)], on: grid)
        #expect(collected.table["a"] == (0..<100).map { Double($0) * 150 })
        #expect(collected.notices == [])
        #expect(server.requests.count == (99 + moments) / moments)
        #expect(server.requests.allSatisfy { $0.target == "/prometheus/api/v1/query_range" })
    }

    @Test("Queries come as the schema has them, whatever characters are in them")
    func spelling() async throws {
        let query = MetricQuery(.sum, #"rate(x{a=~"b|c+ü%&=",d!="e f"}[5m]) > 0"#)
        let server = try await PrometheusServer.answering { request in
            PrometheusServer.series(request) { _ in request.query == query.promQL ? "1" : nil }
        }
        let metric = Metric(name: "a", unit: "1/s", queries: [query])
        let collected = try await PrometheusServer.source(server).collect([metric], on: grid)
        #expect(collected.origins.map(\.query) == [query.promQL])
    }

    @Test(
        "The first query that covers enough answers; else the one that covers most",
        arguments: [
            ([100, 100], 0), ([0, 100], 1), ([90, 100], 0), ([89, 100], 1), ([50, 60, 60], 1), ([50, 50], 0),
            ([1, 0], 0),
        ])
    func candidates(coverage: [Int], expected: Int) async throws {
        let server = try await PrometheusServer.answering { query in
            let rank = coverage.indices.first { query.query.contains("x\($0)") } ?? 0
            return PrometheusServer.series(query) { time in
                (time - grid.start) / 300 < coverage[rank] ? "\(rank)" : nil
            }
        }
        let queries = coverage.indices.map { MetricQuery(.average, "x\($0)") }
        let metric = Metric(name: "a", unit: "ratio", queries: queries)
        let collected = try await PrometheusServer.source(server).collect([metric], on: grid)
        let origin = try #require(collected.origins.first)
        #expect(origin.query == queries[expected].promQL)
        #expect(origin.valueCount == coverage[expected])
        #expect(Set((collected.table["a"] ?? []).filter(\.isFinite)) == [Double(expected)])
    }

    @Test("Values that are no numbers, and moments without one, are missing; and the notices say how much is")
    func gaps() async throws {
        let server = try await PrometheusServer.answering { query in
            PrometheusServer.series(query) { time in
                switch (time - grid.start) / 300 {
                case 0..<40: nil
                case 50: "NaN"
                case 51: "+Inf"
                case 52: "-Inf"
                case 60..<65: nil
                case 70: "-1.5e-3"
                default: "0.25"
                }
            }
        }
        let collected = try await PrometheusServer.source(server).collect([metric("a", "x")], on: grid)
        let values = try #require(collected.table["a"])
        let missing = Array(0..<40) + [50, 51, 52] + Array(60..<65)
        #expect(values.indices.filter { values[$0].isNaN } == missing)
        #expect(values[70] == -0.0015)
        #expect(collected.origins.first?.firstTime == grid.time(40))
        #expect(
            collected.notices == [
                "a begins at 2023-11-15T01:35:00Z: 0.2 days instead of 0.3, and 8 of 60 values are missing"
            ])
    }

    @Test("A metric without a value is an error that names each query and what was answered to it")
    func missing() async throws {
        let server = try await PrometheusServer.answering { query in
            if query.query.contains("bad") { return PrometheusServer.failure(400, "bad_data", "parse error") }
            return PrometheusServer.series(query) { _ in query.query.contains("there") ? "1" : nil }
        }
        let source = try PrometheusServer.source(server)
        let error = await failure(of: source, [metric("a", "there"), metric("b", "none", "bad"), metric("c", "none")])
        #expect(error?.code == .rejected)
        #expect(
            error?.message == """
                Prometheus has no value of b, c
                  b: avg((none) > -Inf < +Inf) -> no data
                  b: avg((bad) > -Inf < +Inf) -> bad_data: parse error
                  c: avg((none) > -Inf < +Inf) -> no data
                """)
        let unmeasured = await failure(of: source, [metric("d")])
        #expect(unmeasured == DataSourceError(.noData, "Prometheus has no value of d\n  d: there is no query for it"))
        #expect(try await source.collect([metric("b", "bad", "there")], on: grid).table["b"]?.first == 1)
    }

    @Test("What is too much at once is asked in halves, and said if it is too much even so")
    func halves() async throws {
        let server = try await PrometheusServer.answering { query in
            query.times.count > 30
                ? PrometheusServer.failure(
                    422, "execution", "query processing would load too many samples into memory in query execution")
                : PrometheusServer.series(query) { "\($0)" }
        }
        let source = try PrometheusServer.source(server) { $0.minimumMomentsPerQuery = 25 }
        let collected = try await source.collect([metric("a", "x")], on: grid)
        #expect(collected.table["a"] == (0..<100).map { Double(grid.time($0)) })
        let error = await failure(
            of: try PrometheusServer.source(server) { $0.minimumMomentsPerQuery = 40 }, [metric("a", "x")])
        #expect(error?.code == .rejected)
        #expect(error?.message.contains("-> execution: query processing would load too many samples") == true)
    }

    @Test("No more queries are under way at a time than allowed")
    func concurrency() async throws {
        let server = try await ScriptedServer { request in
            guard let query = RangeQuery(request) else { return [] }
            return [.wait(.milliseconds(30)), PrometheusServer.series(query) { _ in "1" }]
        }
        let source = try PrometheusServer.source(server) {
            $0.maximumMomentsPerQuery = 10
            $0.maximumConcurrentQueries = 5
        }
        let start = ContinuousClock.now
        _ = try await source.collect([metric("a", "x"), metric("b", "y")], on: grid)
        // Twenty requests of 30 ms each, five at a time.
        #expect(ContinuousClock.now - start >= .milliseconds(120))
    }

    @Test("Warnings of the server are passed on, each once")
    func warnings() async throws {
        let server = try await PrometheusServer.answering { query in
            PrometheusServer.series(query, warnings: #","warnings":["partial response"],"infos":["i"]"#) { _ in "1" }
        }
        let source = try PrometheusServer.source(server) { $0.maximumMomentsPerQuery = 10 }
        let collected = try await source.collect([metric("a", "x")], on: grid)
        #expect(collected.notices == ["a: Prometheus warns: partial response"])
    }
}
