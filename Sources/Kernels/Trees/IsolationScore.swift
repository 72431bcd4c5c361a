/// The average length of an unsuccessful search in a binary search tree of `count` keys: c(n).
///
/// Source: Liu, Ting and Zhou, "Isolation Forest", equation 1; the order of operations is scikit-learn's
/// (`ensemble/_iforest.py`, `_average_path_length`).
package func averagePathLength(_ count: Int) -> Double {
    if count <= 1 { return 0 }
    if count == 2 { return 1 }
    let eulerGamma = 0.577_215_664_901_532_9
    let others = Double(count) - 1
    return 2 * (logarithm(others) + eulerGamma) - 2 * others / Double(count)
}

/// Turns the depths of rows, summed over the trees, into scores in place: `-(2 ** -(depth / expectedDepth))`.
///
/// Where nothing is expected (trees grown from one row) the score is -0.5, as scikit-learn sets it.
@inline(never)
package func isolationScores(_ depths: inout MutableSpan<Double>, expectedDepth: Double) {
    for index in depths.indices {
        let ratio = expectedDepth == 0 ? 1 : depths[index] / expectedDepth
        depths[index] = -power(2, -ratio)
    }
}
