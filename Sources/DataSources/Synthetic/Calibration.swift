import Tensors

/// The levels and spreads that synthetic series are to have.
struct Calibration: Sendable {
    private let targets: [String: Quantiles]

    /// Leaves series as they are.
    init() { targets = [:] }

    /// The levels and spreads of series; metrics without a value are left as they are.
    init(_ series: SeriesTable) {
        let pairs = zip(series.names, series.columns.map { Quantiles($0) })
        targets = Dictionary(uniqueKeysWithValues: pairs.filter { $0.1.median.isFinite })
    }

    /// Moves and stretches values; a metric without spread, such as restarts that hardly ever happen, is only moved.
    func apply(to name: String, _ values: [Double], maximum: Double) -> [Double] {
        guard let target = targets[name] else { return values }
        let own = Quantiles(values)
        guard own.median.isFinite else { return values }
        let scale = own.range > 0 ? target.range / own.range : 1
        return values.map { (target.median + scale * ($0 - own.median)).clamped(0, maximum) }
    }
}

/// The median and the interquartile range of the finite values of a series; NaN if there are none.
struct Quantiles: Sendable {
    let median: Double
    let range: Double

    init(_ values: [Double]) {
        let sorted = values.filter(\.isFinite).sorted()
        median = Self.quantile(0.5, of: sorted)
        range = Self.quantile(0.75, of: sorted) - Self.quantile(0.25, of: sorted)
    }

    /// The quantile of sorted values, between two of them in proportion.
    private static func quantile(_ share: Double, of sorted: [Double]) -> Double {
        guard !sorted.isEmpty else { return .nan }
        let place = share * Double(sorted.count - 1)
        let below = Int(place)
        let above = min(below + 1, sorted.count - 1)
        return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
    }
}
