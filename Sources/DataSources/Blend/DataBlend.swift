package import Features
package import Tensors

/// How much of a model's data is made up, and what happens if the real data cannot be had.
package struct DataBlend: Hashable, Sendable {
    /// What happens if the real data cannot be had.
    package enum Fallback: String, Hashable, Sendable, CaseIterable {
        /// All data is made up, and the notices say so.
        case synthetic
        /// Nothing is collected.
        case fail
    }

    /// The share of rows that are synthetic; with 1 the real source is not asked.
    package let syntheticShare: Double
    /// What happens if the real data cannot be had.
    package let fallback: Fallback

    /// All data is made up.
    package static let synthetic = DataBlend(checked: 1, .synthetic)
    /// Four fifths of the rows are real; without them there are none.
    package static let prometheus = DataBlend(checked: 0.2, .fail)
    /// Half of the rows are real; without them all are made up.
    package static let hybrid = DataBlend(checked: 0.5, .synthetic)

    /// A blend.
    ///
    /// - Throws: ``DataSourceError/Code/invalid`` for a share that is neither from 0 to 0.9 nor 1: the rows beside a
    ///   few real ones would be without number.
    package init(syntheticShare: Double, fallback: Fallback) throws(DataSourceError) {
        guard 0...0.9 ~= syntheticShare || syntheticShare == 1 else {
            throw DataSourceError(
                .invalid, "the synthetic share is \(syntheticShare); it must be from 0 to 0.9, or 1")
        }
        self.init(checked: syntheticShare, fallback)
    }

    private init(checked syntheticShare: Double, _ fallback: Fallback) {
        self.syntheticShare = syntheticShare
        self.fallback = fallback
    }

    /// Collects real series on a grid, and as many synthetic rows beside them as the share asks for.
    ///
    /// Synthetic series are calibrated to the real ones. They lie on the grid that ends where the real one begins, so
    /// that no moment is there twice. They are a segment of their own: no row may look back from one into the other.
    ///
    /// - Throws: what the real source throws, if there is no way to go on without it.
    package func collect(
        _ metrics: [Metric], on grid: TimeGrid, real: any MetricSource, synthetic: SyntheticSource
    ) async throws(DataSourceError) -> BlendedSeries {
        guard syntheticShare < 1 else {
            return BlendedSeries([try await synthetic.collect(metrics, on: grid)], notices: [])
        }
        let found: CollectedSeries
        do throws(DataSourceError) { found = try await real.collect(metrics, on: grid) } catch {
            guard fallback == .synthetic, error.code != .cancelled else { throw error }
            let notice = "ALL DATA IS SYNTHETIC, because \(real.name) could not be used: \(error.message)"
            return BlendedSeries([try await synthetic.collect(metrics, on: grid)], notices: [notice])
        }
        let count = syntheticCount(beside: found.table)
        guard count > 0 else { return BlendedSeries([found], notices: []) }
        let before = TimeGrid(start: grid.start - count * grid.step, step: grid.step, count: count)
        let made = try await synthetic.calibrated(to: found.table).collect(metrics, on: before)
        return BlendedSeries([made, found], notices: [])
    }

    /// How many synthetic rows the real ones are given company by: rows in which no value is missing are counted.
    private func syntheticCount(beside series: SeriesTable) -> Int {
        let count = (0..<series.rowCount).count { row in series.columns.allSatisfy { $0[row].isFinite } }
        return Int((Double(count) * syntheticShare / (1 - syntheticShare)).rounded())
    }
}

/// Series of several sources for one model.
package struct BlendedSeries: Sendable {
    /// The series of each source, in the order of time. Rows are computed of each for itself.
    package let segments: [CollectedSeries]
    /// What people should know, as sentences: of the blend, and of each source.
    package let notices: [String]

    init(_ segments: [CollectedSeries], notices: [String]) {
        self.segments = segments
        self.notices = notices + segments.flatMap(\.notices)
    }

    /// Where each column of each segment comes from.
    package var origins: [MetricOrigin] { segments.flatMap(\.origins) }
}
