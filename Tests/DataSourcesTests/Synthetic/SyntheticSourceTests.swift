import DataSources
import Features
import Tensors
import Testing

@Suite("Synthetic series")
struct SyntheticSourceTests {
    private let week = TimeGrid(start: 1_700_000_100, step: 300, count: 2_016)
    private let all = Array(Set(FeatureSchema.all.flatMap(\.metrics))).sorted { $0.name < $1.name }

    @Test("The same seed gives the same series, another one others; a metric's do not depend on the other metrics")
    func seeds() throws {
        let table = try SyntheticSource(seed: 1, anomalyRate: 0).series(of: all, on: week)
        let again = try SyntheticSource(seed: 1, anomalyRate: 0).series(of: all.reversed(), on: week)
        let other = try SyntheticSource(seed: 2, anomalyRate: 0).series(of: all, on: week)
        for metric in all {
            #expect(table[metric.name] == again[metric.name])
            #expect(table[metric.name] != other[metric.name])
        }
    }

    @Test("The share of anomalous moments is the rate, to the moment", arguments: [0, 0.01, 0.03, 0.05, 0.5])
    func rate(rate: Double) throws {
        for schema in FeatureSchema.all {
            let source = try SyntheticSource(anomalyRate: rate)
            let metrics = schema.metrics
            let table = source.series(of: metrics, on: week)
            let faults = source.faults(of: metrics, on: week)
            let count = faults.isEmpty ? 0 : Int((rate * 2_016).rounded())
            #expect(table.isAnomaly?.count { $0 } == count)
            var labels = [Bool](repeating: false, count: week.count)
            for moment in faults.flatMap(\.moments) {
                #expect(!labels[moment], "two faults at once")
                labels[moment] = true
            }
            #expect(table.isAnomaly == labels)
        }
        #expect(throws: DataSourceError.self) { try SyntheticSource(anomalyRate: 0.6) }
        #expect(throws: DataSourceError.self) { try SyntheticSource(anomalyRate: .nan) }
    }

    @Test("Each fault shows in its metrics, in its moments alone", arguments: Fault.Kind.allCases)
    func faults(kind: Fault.Kind) throws {
        let healthy = try SyntheticSource(anomalyRate: 0).series(of: all, on: week)
        let source = try SyntheticSource(anomalyRate: 0.2)
        let ill = source.series(of: all, on: week)
        let faults = source.faults(of: all, on: week).filter { $0.kind == kind }
        #expect(!faults.isEmpty)
        let shows: [Fault.Kind: (String, (Double, Double) -> Bool)] = [
            .cpuSpike: ("cpu_usage", { $0 >= 0.8 && $0 >= $1 }),
            .memoryLeak: ("memory_usage", { $0 >= $1 }),
            .restartStorm: ("pod_restarts", { $0 >= $1 + 1.0 / 300 }),
            .networkFlood: ("network_in", { $0 > 3 * $1 }),
            .diskFill: ("disk_usage", { $0 >= $1 }),
            .flatLine: ("cpu_usage", { $0 < 0.05 * max($1, 1) }),
        ]
        let (name, isShown) = try #require(shows[kind])
        let values = try #require(ill[name])
        let before = try #require(healthy[name])
        for fault in faults {
            #expect(fault.moments.allSatisfy { isShown(values[$0], before[$0]) })
            if kind == .flatLine { #expect(Set(values[fault.moments]).count == 1) }
            if kind == .diskFill || kind == .memoryLeak { #expect(values[fault.moments.upperBound - 1] > 0.9) }
        }
        let labels = try #require(ill.isAnomaly)
        for metric in all {
            let pairs = zip(zip(ill[metric.name] ?? [], healthy[metric.name] ?? []), labels)
            #expect(pairs.allSatisfy { pair, label in label || pair.0 == pair.1 })
        }
    }

    @Test("Values stay in their units: ratios from 0 to 1, nothing below 0 or without end")
    func units() throws {
        for seed in 0..<5 as Range<UInt64> {
            let table = try SyntheticSource(seed: seed, anomalyRate: 0.3).series(of: all, on: week)
            for metric in all {
                let values = try #require(table[metric.name])
                let greatest = metric.unit == "ratio" ? 1 : 10_000.0
                #expect(values.allSatisfy { 0...greatest ~= $0 }, "\(metric.name)")
            }
        }
    }

    @Test("What is calibrated to real series has their medians and spreads, and keeps its faults")
    func calibration() throws {
        let metrics = FeatureSchema.metrics5.metrics
        let real = SeriesTable(
            grid: week, names: metrics.map(\.name),
            columns: metrics.enumerated().map { index, metric in
                (0..<2_016).map { metric.name == "pod_restarts" ? 0 : 0.2 + 0.01 * Double(index) + 1e-5 * Double($0) }
            })
        let source = try SyntheticSource(anomalyRate: 0.1)
        let table = source.calibrated(to: real).series(of: metrics, on: week)
        let labels = try #require(table.isAnomaly)
        #expect(source.series(of: metrics, on: week).isAnomaly == labels)
        for (index, metric) in metrics.enumerated() where metric.name != "pod_restarts" {
            let healthy = zip(table.columns[index], labels).filter { !$0.1 }.map(\.0).sorted()
            let expected = 0.2 + 0.01 * Double(index) + 1e-5 * 1_007.5
            // Faults take some of the healthy moments away, so the middle may have moved a little.
            #expect(abs(healthy[healthy.count / 2] - expected) < 1e-3, "\(metric.name)")
            let spread = healthy[healthy.count * 3 / 4] - healthy[healthy.count / 4]
            #expect(abs(spread - 0.01007) < 2e-3, "\(metric.name)")
        }
        #expect(table["network_in"]?.max() ?? 0 > 1)
    }
}
