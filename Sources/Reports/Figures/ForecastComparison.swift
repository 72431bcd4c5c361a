/// What was forecast and what came, beside forecasts that anybody could make.
package struct ForecastComparison: Hashable, Sendable, FigureContent {
    /// A forecast.
    package struct Forecast: Hashable, Sendable {
        /// Whose it is, e.g. `last value`.
        package var name: String
        /// A value for each time; NaN where there is none.
        package var values: [Double]

        /// A forecast.
        package init(name: String, values: [Double]) {
            self.name = name
            self.values = values
        }
    }

    /// The metric that was forecast.
    package var target: String
    /// The unit of its values; `ratio` for 0 to 1.
    package var unit: String
    /// How far ahead, e.g. `1 h`.
    package var horizon: String
    /// The times that the forecasts are for, in seconds since 1970 UTC, rising.
    package var times: [Int]
    /// What came.
    package var actual: [Double]
    /// What the new model said.
    package var candidate: Forecast
    /// What the model said that has served so far; nil if there is none.
    package var champion: Forecast?
    /// What it has to beat, e.g. the last value and that of the same time yesterday.
    package var naive: [Forecast]

    /// Forecasts for the same times.
    package init(
        target: String, unit: String, horizon: String, times: [Int], actual: [Double], candidate: Forecast,
        champion: Forecast? = nil, naive: [Forecast] = []
    ) {
        self.target = target
        self.unit = unit
        self.horizon = horizon
        self.times = times
        self.actual = actual
        self.candidate = candidate
        self.champion = champion
        self.naive = naive
    }

    var title: String { "Forecast against actual" }

    /// The span that is plotted, in seconds: of more, the lines could not be told apart.
    private static let plottedSeconds = 2 * 86_400

    /// The offsets that are plotted: those of the last days.
    private var plotted: Range<Int> {
        let known = times.prefix(min(times.count, actual.count))
        guard let last = known.last else { return 0..<0 }
        let first = known.firstIndex { Double(last) - Double($0) <= Double(Self.plottedSeconds) }
        return (first ?? 0)..<known.endIndex
    }

    var caption: String {
        let errors = forecasts.map { "\($0.forecast.name) \(NumberText.value(error($0.forecast).mean, unit: unit))" }
        let part = plotted.lowerBound > 0 ? " The last two days are shown." : ""
        return "\(target), \(horizon) ahead. Mean absolute error of \(NumberText.count(times.count, "time", "times")): "
            + "\(errors.joined(separator: ", ")).\(part)"
    }

    /// All forecasts, the new model's first, with how they are drawn.
    private var forecasts: [(forecast: Forecast, role: Plot.Role)] {
        let others = naive.prefix(ReportLimits.maximumSeries - 3).enumerated().map { index, forecast in
            (forecast, index % 2 == 0 ? Plot.Role.naive : .otherNaive)
        }
        return [(candidate, .candidate)] + (champion.map { [($0, .champion)] } ?? []) + others
    }

    var legend: [LegendEntry] {
        [LegendEntry(shape: .line, role: .actual, name: "actual")]
            + forecasts.map { LegendEntry(shape: .line, role: $0.role, name: $0.forecast.name) }
    }

    var plots: [Plot] {
        let drawn = forecasts.reversed() + [(Forecast(name: "actual", values: actual), Plot.Role.actual)]
        // The new model's line lies on top.
        let ordered = drawn.filter { $0.1 != .candidate } + drawn.filter { $0.1 == .candidate }
        let plotted = plotted
        let values = ordered.map { entry in
            plotted.map { entry.0.values.indices.contains($0) ? entry.0.values[$0] : .nan }
        }
        let isRatio = unit == "ratio"
        let name = isRatio || unit.isEmpty ? target : "\(target), \(unit)"
        return [
            Plot(
                title: title, summary: caption, x: Axis(times: PlotRange.around(times: times[plotted])),
                y: Axis(
                    name, around: PlotRange.around(values.joined()), count: 5,
                    kind: isRatio ? .ratio : .number),
                height: 260,
                marks: zip(values, ordered).map { .line(line($0, times[plotted]), $1.1) })
        ]
    }

    private func line(_ values: [Double], _ times: ArraySlice<Int>) -> [Plot.Point] {
        let buckets = ReportLimits.buckets(seriesCount: naive.count + 3)
        return SeriesThinning.offsets(times: times, values: values, buckets: buckets).map { offset in
            Plot.Point(x: Double(times[times.startIndex + offset]), y: values[offset])
        }
    }

    /// The errors of a forecast where both it and the actual value are known.
    private func error(_ forecast: Forecast) -> (mean: Double, worst: Double, bias: Double, count: Int) {
        let errors = zip(forecast.values, actual).map { $0 - $1 }.filter(\.isFinite)
        guard !errors.isEmpty else { return (.nan, .nan, .nan, 0) }
        let count = Double(errors.count)
        return (
            errors.reduce(0) { $0 + abs($1) } / count, errors.reduce(0) { max($0, abs($1)) },
            errors.reduce(0, +) / count, errors.count
        )
    }

    var table: DataTable {
        DataTable(
            [
                .text("forecast"), .number("mean absolute error"), .number("largest error"), .number("mean error"),
                .number("times"),
            ],
            rows: forecasts.map { entry in
                let error = error(entry.forecast)
                return [entry.forecast.name]
                    + [error.mean, error.worst, error.bias].map { NumberText.value($0, unit: unit) }
                    + [NumberText.count(error.count)]
            })
    }
}
