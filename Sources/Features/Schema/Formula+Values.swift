extension Formula {
    /// The feature at each moment from `first` on, which must be at least ``history``.
    ///
    /// A window is summed up from its own values alone, in their order: a row is the same, to the last bit, whether it
    /// is computed from weeks of values or from just those it looks at. NaN anywhere it looks makes it NaN.
    func values(of series: [Double], from first: Int) -> [Double] {
        let rows = first..<max(first, series.count)
        switch self {
        case .lag(let steps): return rows.map { series[$0 - steps] }
        case .difference(let lag): return rows.map { series[$0] - series[$0 - lag] }
        case .relativeChange(let lag):
            return rows.map { row in
                let earlier = series[row - lag]
                let difference = series[row] - earlier
                return earlier == 0 && !difference.isNaN ? 0 : difference / earlier
            }
        case .rolling(.mean, let window): return rows.map { mean(series.window(window, at: $0)) }
        case .rolling(.standardDeviation, let window): return rows.map { deviation(series.window(window, at: $0)) }
        case .rolling(.minimum, let window): return rows.map { extreme(series.window(window, at: $0), <) }
        case .rolling(.maximum, let window): return rows.map { extreme(series.window(window, at: $0), >) }
        }
    }
}

extension [Double] {
    /// The last values up to an index.
    @inline(__always)
    fileprivate func window(_ length: Int, at index: Int) -> ArraySlice<Double> { self[index - length + 1...index] }
}

private func mean(_ values: ArraySlice<Double>) -> Double {
    var sum = 0.0
    for value in values { sum += value }
    return sum / Double(values.count)
}

/// The least or greatest value; NaN if one is.
private func extreme(_ values: ArraySlice<Double>, _ isBetter: (Double, Double) -> Bool) -> Double {
    var best = values[values.startIndex]
    for value in values where isBetter(value, best) || value.isNaN { best = value }
    return best
}

private func deviation(_ values: ArraySlice<Double>) -> Double {
    let mean = mean(values)
    let first = values[values.startIndex]
    var squares = 0.0
    var isConstant = true
    for value in values {
        squares += (value - mean) * (value - mean)
        isConstant = isConstant && value == first
    }
    // The mean of equal values may be off by a rounding error, and a still metric be told from one that hardly moves.
    return isConstant ? 0 : (squares / Double(values.count)).squareRoot()
}
