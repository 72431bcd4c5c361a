/// The sums of the columns of rows, NaN left out, in the order in which numpy adds along the first axis.
///
/// Numpy's inner loop runs along a row and adds it to all sums at once, so each column is added from the first row to
/// the last. A single column is contiguous, and is added in pairs instead (`pairwiseSum`). Source: numpy
/// `core/src/umath/reduction.c`, and `nansum` of `lib/_nanfunctions_impl.py`, which puts 0 in place of NaN.
///
/// - Parameter rows: row-major, `columnCount` elements a row.
@inline(never)
package func columnSums(_ rows: Span<Double>, columnCount: Int) -> [Double] {
    precondition(columnCount > 0 && rows.count % columnCount == 0)
    if columnCount == 1 {
        let values = rows.indices.map { rows[$0].isNaN ? 0 : rows[$0] }
        return [0 + pairwiseSum(values.span)]
    }
    var sums = [Double](repeating: 0, count: columnCount)
    var span = sums.mutableSpan
    for start in stride(from: 0, to: rows.count, by: columnCount) {
        for column in 0..<columnCount {
            // start is a multiple of columnCount below rows.count, which is one too: both indices are in range.
            let value = unsafe rows[unchecked: start &+ column]
            unsafe span[unchecked: column] += value.isNaN ? 0 : value
        }
    }
    return sums
}

/// The sums of the columns' deviations from some values, and of the squared deviations, as ``columnSums`` adds.
///
/// - Parameters:
///   - rows: row-major, an element for each of the centers a row.
///   - centers: what is subtracted from each column.
@inline(never)
package func columnDeviations(
    _ rows: Span<Double>, from centers: Span<Double>
) -> (sums: [Double], squares: [Double]) {
    let columnCount = centers.count
    precondition(columnCount > 0 && rows.count % columnCount == 0)
    if columnCount == 1 {
        let deviations = rows.indices.map { rows[$0].isNaN ? 0 : rows[$0] - centers[0] }
        let squares = deviations.map { $0 * $0 }
        return ([0 + pairwiseSum(deviations.span)], [0 + pairwiseSum(squares.span)])
    }
    var sums = [Double](repeating: 0, count: columnCount)
    var squares = sums
    var sumSpan = sums.mutableSpan
    var squareSpan = squares.mutableSpan
    for start in stride(from: 0, to: rows.count, by: columnCount) {
        for column in 0..<columnCount {
            // In range as in `columnSums`.
            let value = unsafe rows[unchecked: start &+ column]
            let deviation = unsafe value.isNaN ? 0 : value - centers[unchecked: column]
            unsafe sumSpan[unchecked: column] += deviation
            unsafe squareSpan[unchecked: column] += deviation * deviation
        }
    }
    return (sums, squares)
}

/// How many elements of each column are not NaN.
@inline(never)
package func columnCounts(_ rows: Span<Double>, columnCount: Int) -> [Int] {
    precondition(columnCount > 0 && rows.count % columnCount == 0)
    var counts = [Int](repeating: 0, count: columnCount)
    var span = counts.mutableSpan
    for start in stride(from: 0, to: rows.count, by: columnCount) {
        for column in 0..<columnCount {
            // In range as in `columnSums`.
            unsafe span[unchecked: column] &+= rows[unchecked: start &+ column].isNaN ? 0 : 1
        }
    }
    return counts
}
