/// `(x - centers[column]) / scales[column]` for each element of rows of that many columns, in place.
@inline(never)
package func standardizeColumns(_ rows: inout MutableSpan<Double>, centers: Span<Double>, scales: Span<Double>) {
    let columnCount = centers.count
    precondition(columnCount > 0 && scales.count == columnCount && rows.count % columnCount == 0)
    for start in stride(from: 0, to: rows.count, by: columnCount) {
        for column in 0..<columnCount {
            // start is a multiple of columnCount below rows.count, which is one too: both sums are in range.
            let value = unsafe rows[unchecked: start &+ column]
            unsafe rows[unchecked: start &+ column] =
                (value - centers[unchecked: column]) / scales[unchecked: column]
        }
    }
}

/// `x * scales[column] + offsets[column]` for each element of rows of that many columns, in place.
@inline(never)
package func scaleColumns(_ rows: inout MutableSpan<Double>, scales: Span<Double>, offsets: Span<Double>) {
    let columnCount = scales.count
    precondition(columnCount > 0 && offsets.count == columnCount && rows.count % columnCount == 0)
    for start in stride(from: 0, to: rows.count, by: columnCount) {
        for column in 0..<columnCount {
            // In range as in `standardizeColumns`.
            let value = unsafe rows[unchecked: start &+ column]
            unsafe rows[unchecked: start &+ column] =
                value * scales[unchecked: column] + offsets[unchecked: column]
        }
    }
}

/// Each element, but at least `lower` and at most `upper`, in place; NaN stays NaN.
@inline(never)
package func clip(_ values: inout MutableSpan<Double>, lower: Double, upper: Double) {
    for index in values.indices {
        let value = values[index]
        if value < lower { values[index] = lower }
        if value > upper { values[index] = upper }
    }
}
