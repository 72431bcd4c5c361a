import DataSources
import Features
import Tensors
import Testing

/// A source whose series are told, or that fails.
private struct TestSource: MetricSource {
    var name: String { "test" }
    var failure: DataSourceError?
    /// How many moments at the start have no value.
    var missing = 0

    func collect(_ metrics: [Metric], on grid: TimeGrid) async throws(DataSourceError) -> CollectedSeries {
        if let failure { throw failure }
        let values = (0..<grid.count).map { $0 < missing ? .nan : 0.5 }
        return CollectedSeries(
            table: SeriesTable(
                grid: grid, names: metrics.map(\.name), columns: metrics.map { _ in values }),
            origins: [], notices: ["told"])
    }
}

@Suite("Blends of real and synthetic series")
struct DataBlendTests {
    private let metrics = FeatureSchema.metrics5.metrics
    private let grid = TimeGrid(start: 1_700_000_100, step: 300, count: 400)

    private func collect(_ blend: DataBlend, _ real: TestSource) async throws -> BlendedSeries {
        try await blend.collect(metrics, on: grid, real: real, synthetic: SyntheticSource())
    }

    @Test("The share of synthetic rows is the blend's, of the real rows that are there", arguments: [0, 0.2, 0.5, 0.9])
    func share(share: Double) async throws {
        let blend = try DataBlend(syntheticShare: share, fallback: .fail)
        for missing in [0, 100, 399] {
            let blended = try await collect(blend, TestSource(missing: missing))
            let real = Double(400 - missing)
            let count = blended.segments.dropLast().map(\.table.rowCount).reduce(0, +)
            #expect(count == Int((real * share / (1 - share)).rounded()))
            #expect(blended.segments.last?.table.grid == grid)
            #expect(blended.segments.first?.table.isAnomaly != nil || share == 0 || count == 0)
            #expect(blended.notices == ["told"])
        }
    }

    @Test("Segments follow each other in time, and no moment is there twice")
    func times() async throws {
        let blended = try await collect(.hybrid, TestSource())
        let times = blended.segments.flatMap { segment in (0..<segment.table.rowCount).map(segment.table.grid.time) }
        #expect(times == (-400..<400).map { grid.start + 300 * $0 })
    }

    @Test("A source that fails ends the run, or is told of loudly")
    func fallback() async throws {
        let broken = TestSource(failure: DataSourceError(.unavailable, "nothing listens there"))
        await #expect(throws: DataSourceError(.unavailable, "nothing listens there")) {
            try await collect(.prometheus, broken)
        }
        let blended = try await collect(.hybrid, broken)
        #expect(blended.segments.map(\.table.grid) == [grid])
        #expect(blended.origins.allSatisfy { $0.source == "synthetic" && $0.query == nil })
        #expect(
            blended.notices == [
                "ALL DATA IS SYNTHETIC, because test could not be used: nothing listens there"
            ])
        let cancelled = TestSource(failure: DataSourceError(.cancelled, "the task was cancelled"))
        await #expect(throws: DataSourceError(.cancelled, "the task was cancelled")) {
            try await collect(.hybrid, cancelled)
        }
    }

    @Test("Synthetic data alone asks nobody")
    func synthetic() async throws {
        let blended = try await collect(.synthetic, TestSource(failure: DataSourceError(.unavailable, "")))
        #expect(blended.notices == [])
        #expect(blended.segments.map(\.table.grid) == [grid])
    }

    @Test("A share that would make rows without number is refused", arguments: [-0.1, 0.91, 0.99, 1.1, .nan])
    func invalid(share: Double) {
        let error = #expect(throws: DataSourceError.self) {
            try DataBlend(syntheticShare: share, fallback: .fail)
        }
        #expect(error?.code == .invalid)
    }
}
