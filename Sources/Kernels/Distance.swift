/// For each row, the point that is nearest to it, the first one of several.
///
/// It compares `|p|² - 2 x · p`, as the part `|x|²` is the same for all points. Source: scikit-learn
/// `cluster/_k_means_lloyd.pyx`, `_update_chunk_dense`.
///
/// - Parameters:
///   - rows: row-major, `columnCount` elements a row.
///   - points: row-major, `columnCount` elements a point.
///   - squaredNorms: `|p|²` of each point.
///   - labels: the index of a point for each row; overwritten.
@inline(never)
package func nearestPoints(
    _ rows: Span<Double>,
    columnCount: Int,
    points: Span<Double>,
    squaredNorms: Span<Double>,
    into labels: inout MutableSpan<Int64>
) {
    precondition(columnCount > 0 && points.count == columnCount * squaredNorms.count)
    precondition(labels.count == rows.count / columnCount)
    for row in labels.indices {
        let values = rows.extracting(row * columnCount..<(row + 1) * columnCount)
        var nearest = 0
        var leastDistance = Double.infinity
        for index in squaredNorms.indices {
            let product = dot(values, points.extracting(index * columnCount..<(index + 1) * columnCount))
            let distance = squaredNorms[index] - 2 * product
            if index == 0 || distance < leastDistance {
                leastDistance = distance
                nearest = index
            }
        }
        labels[row] = Int64(nearest)
    }
}

/// For each row, its distances to some points, as the root of `|x|² - 2 x · p + |p|²`.
///
/// Source: scikit-learn `metrics/pairwise.py`, `_euclidean_distances`.
///
/// - Parameters:
///   - rows: row-major, `columnCount` elements a row.
///   - points: row-major, `columnCount` elements a point.
///   - squaredNorms: `|p|²` of each point.
///   - output: row-major, an element for each row and point; overwritten.
@inline(never)
package func distances(
    _ rows: Span<Double>,
    columnCount: Int,
    to points: Span<Double>,
    squaredNorms: Span<Double>,
    into output: inout MutableSpan<Double>
) {
    let pointCount = squaredNorms.count
    precondition(columnCount > 0 && points.count == columnCount * pointCount)
    precondition(output.count == rows.count / columnCount * pointCount)
    for row in 0..<rows.count / columnCount {
        let values = rows.extracting(row * columnCount..<(row + 1) * columnCount)
        let norm = dot(values, values)
        for index in 0..<pointCount {
            let product = dot(values, points.extracting(index * columnCount..<(index + 1) * columnCount))
            output[row * pointCount + index] = max(-2 * product + norm + squaredNorms[index], 0).squareRoot()
        }
    }
}
