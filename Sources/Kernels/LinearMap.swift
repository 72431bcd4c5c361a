/// For each row `x`: `weights[k] · x + offsets[k]` for every `k`.
///
/// - Parameters:
///   - rows: row-major, `columnCount` elements a row.
///   - weights: row-major, `columnCount` elements for each of the offsets.
///   - output: row-major, an element for each row and offset; overwritten.
@inline(never)
package func mapLinearly(
    _ rows: Span<Double>,
    columnCount: Int,
    weights: Span<Double>,
    offsets: Span<Double>,
    into output: inout MutableSpan<Double>
) {
    let outputCount = offsets.count
    precondition(columnCount > 0 && outputCount > 0 && weights.count == columnCount * outputCount)
    precondition(output.count / outputCount == rows.count / columnCount)
    for row in 0..<rows.count / columnCount {
        let values = rows.extracting(row * columnCount..<(row + 1) * columnCount)
        for index in 0..<outputCount {
            let product = dot(values, weights.extracting(index * columnCount..<(index + 1) * columnCount))
            output[row * outputCount + index] = product + offsets[index]
        }
    }
}
