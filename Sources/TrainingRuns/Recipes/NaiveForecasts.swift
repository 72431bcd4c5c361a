import Features
import Tensors

/// The forecasts that a model has to beat to be worth anything.
struct NaiveForecasts {
    /// What rows are made of.
    let schema: FeatureSchema
    /// The metrics that are forecast.
    let targets: [String]

    private static let secondsPerDay = 86_400

    /// Both rules' forecasts for some rows, by their indices over the segments.
    func all(for indices: [Int], of dataset: Dataset) -> [NaiveForecast] {
        let places = places(of: indices, in: dataset)
        return [
            NaiveForecast(name: "the last value", values: matrix(places, rule: lastValue)),
            NaiveForecast(name: "the same time yesterday", values: matrix(places, rule: sameTimeYesterday)),
        ]
    }

    /// A moment in a segment's series.
    private struct Place {
        let segment: Dataset.Segment
        let moment: Int
    }

    private func places(of indices: [Int], in dataset: Dataset) -> [Place] {
        let all = dataset.segments.flatMap { segment in
            segment.rows.times.map { Place(segment: segment, moment: segment.series.grid.index(of: $0) ?? 0) }
        }
        return indices.map { all[$0] }
    }

    private func matrix(_ places: [Place], rule: (Place, [Double], Int) -> Double) -> Matrix<Double> {
        let rows = places.map { place in
            targets.flatMap { target in
                let series = place.segment.series[target] ?? []
                return (1...schema.horizon).map { rule(place, series, $0) }
            }[...]
        }
        return Matrix(joining: rows, columnCount: targets.count * schema.horizon)
    }

    /// What the metric was at the row's moment, or last before it.
    private func lastValue(_ place: Place, _ series: [Double], _ lead: Int) -> Double {
        series[...place.moment].last(where: \.isFinite) ?? 0
    }

    /// What it was a day before the forecast moment; the last value where that is not known.
    private func sameTimeYesterday(_ place: Place, _ series: [Double], _ lead: Int) -> Double {
        let yesterday = place.moment + lead - Self.secondsPerDay / schema.step
        guard yesterday >= 0, series[yesterday].isFinite else { return lastValue(place, series, lead) }
        return series[yesterday]
    }
}
