package import DataSources
import Features
package import Tensors

/// Where the data of a run comes from, and how much of it there is to be.
package struct RunData: Sendable {
    /// The source that is not made up; not asked if all data is synthetic.
    package let real: any MetricSource
    /// The source that makes up.
    package let synthetic: SyntheticSource
    /// How much of each.
    package let blend: DataBlend
    /// The moments that are asked for.
    package let grid: TimeGrid
    /// The most rows that are used, taken evenly over the window; nil for all.
    package let maximumRowCount: Int?

    package init(
        real: any MetricSource, synthetic: SyntheticSource, blend: DataBlend, grid: TimeGrid, maximumRowCount: Int?
    ) {
        self.real = real
        self.synthetic = synthetic
        self.blend = blend
        self.grid = grid
        self.maximumRowCount = maximumRowCount
    }

    /// Asks the sources.
    func collect(for schema: FeatureSchema) async throws(RunError) -> BlendedSeries {
        do throws(DataSourceError) {
            return try await blend.collect(schema.metrics, on: grid, real: real, synthetic: synthetic)
        } catch {
            throw RunError(error)
        }
    }

    /// Computes the rows of what was collected.
    func dataset(of series: BlendedSeries, _ recipe: any Recipe) throws(RunError) -> Dataset {
        var segments: [Dataset.Segment] = []
        for collected in series.segments {
            do throws(FeatureError) {
                let rows = try recipe.schema.rows(from: collected.table, targets: recipe.targets)
                segments.append(Dataset.Segment(source: collected.source, rows: rows, series: collected.table))
            } catch {
                throw RunError(.refused, error.message)
            }
        }
        let dataset = Dataset(segments: segments)
        guard let maximumRowCount, dataset.rowCount > maximumRowCount else { return dataset }
        return dataset.thinned(to: maximumRowCount)
    }
}

extension RunError {
    /// What a source of data refused, or could not do.
    fileprivate init(_ error: DataSourceError) {
        switch error.code {
        case .cancelled: self.init(.cancelled, error.message)
        case .unavailable, .denied: self.init(.failed, error.message)
        default: self.init(.refused, error.message)
        }
    }
}

extension CollectedSeries {
    /// The name of the source, which is one for all columns.
    var source: String { origins.first?.source ?? "" }
}

extension Dataset {
    /// About so many rows, taken evenly, each segment keeping its share and at least one row.
    func thinned(to maximumRowCount: Int) -> Dataset {
        Dataset(
            segments: segments.map { segment in
                let share = max(1, maximumRowCount * segment.rows.count / rowCount)
                return Segment(source: segment.source, rows: segment.rows.thinned(to: share), series: segment.series)
            })
    }
}
