package import Features
package import Tensors

/// Series of a cluster that does not exist, with faults whose moments are known.
///
/// The same seed, metrics and grid give the same series. What a metric's values are depends on its name alone, so that
/// schemas which share metrics share their series.
package struct SyntheticSource: MetricSource {
    /// What all randomness is drawn from.
    package let seed: UInt64
    /// The share of moments that are anomalous, 0 to 0.5.
    package let anomalyRate: Double
    private let calibration: Calibration

    package var name: String { "synthetic" }

    /// A cluster with faults in a share of its moments.
    ///
    /// - Throws: ``DataSourceError/Code/invalid`` for a rate that is not from 0 to 0.5.
    package init(seed: UInt64 = 42, anomalyRate: Double = 0.03) throws(DataSourceError) {
        guard 0...0.5 ~= anomalyRate else {
            throw DataSourceError(.invalid, "the anomaly rate is \(anomalyRate); it must be from 0 to 0.5")
        }
        self.init(seed: seed, anomalyRate: anomalyRate, calibration: Calibration())
    }

    private init(seed: UInt64, anomalyRate: Double, calibration: Calibration) {
        self.seed = seed
        self.anomalyRate = anomalyRate
        self.calibration = calibration
    }

    /// The same source, with each metric on the level and with the spread that it has in series of a real cluster.
    ///
    /// Median and interquartile range are made equal. A model fitted to both would otherwise learn to tell the made-up
    /// cluster from the real one, rather than faults from health.
    package func calibrated(to series: SeriesTable) -> SyntheticSource {
        SyntheticSource(seed: seed, anomalyRate: anomalyRate, calibration: Calibration(series))
    }

    package func collect(
        _ metrics: [Metric], on grid: TimeGrid
    ) async throws(DataSourceError) -> CollectedSeries {
        let table = series(of: metrics, on: grid)
        let origins = zip(metrics, table.columns).map { metric, values in
            MetricOrigin(metric, source: name, values: values, on: grid)
        }
        return CollectedSeries(table: table, origins: origins)
    }

    /// The series of metrics, each moment labelled.
    package func series(of metrics: [Metric], on grid: TimeGrid) -> SeriesTable {
        let root = SplitMix64(seed: seed)
        var loadRandom = root.split("load")
        let load = Signal.noise(on: grid, &loadRandom)
        let faults = faults(of: metrics, on: grid)
        let columns = metrics.map { metric in
            var random = root.split(metric.name)
            let signal = Signal(of: metric, step: grid.step)
            var values = calibration.apply(
                to: metric.name, signal.values(on: grid, load: load, &random), maximum: signal.maximum)
            let typical = Quantiles(values).median
            random = root.split("faults of \(metric.name)")
            for fault in faults where fault.kind.metrics.contains(metric.name) {
                fault.apply(to: metric.name, &values, typical: typical, step: grid.step, &random)
            }
            return values
        }
        var isAnomaly = [Bool](repeating: false, count: grid.count)
        for moment in faults.lazy.flatMap(\.moments) { isAnomaly[moment] = true }
        return SeriesTable(grid: grid, names: metrics.map(\.name), columns: columns, isAnomaly: isAnomaly)
    }

    /// What goes wrong in ``series(of:on:)``, and when: only what shows in one of the metrics.
    package func faults(of metrics: [Metric], on grid: TimeGrid) -> [Fault] {
        let names = Set(metrics.map(\.name))
        let kinds = Fault.Kind.allCases.filter { !$0.metrics.isDisjoint(with: names) }
        var random = SplitMix64(seed: seed).split("faults")
        return FaultPlan(kinds: kinds, rate: anomalyRate, count: grid.count, step: grid.step, &random).faults
    }
}
