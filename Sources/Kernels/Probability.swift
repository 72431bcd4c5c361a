/// Turns scores of two classes into probabilities: `1 - p` and `p`, `p` being the logistic function of the score.
///
/// - Parameter output: two elements for each score; overwritten.
@inline(never)
package func logisticPairs(_ scores: Span<Double>, into output: inout MutableSpan<Double>) {
    precondition(output.count == 2 * scores.count)
    for index in scores.indices {
        let probability = logistic(scores[index])
        output[2 * index] = 1 - probability
        output[2 * index + 1] = probability
    }
}

/// Turns scores into probabilities, in place: logistic functions, divided by their sum over a row's classes.
///
/// Source: scikit-learn `linear_model/_base.py`, `_predict_proba_lr`.
@inline(never)
package func normalizeLogistics(_ scores: inout MutableSpan<Double>, classCount: Int) {
    precondition(classCount > 0 && scores.count % classCount == 0)
    for start in stride(from: 0, to: scores.count, by: classCount) {
        var sum = 0.0
        for index in start..<start + classCount {
            scores[index] = logistic(scores[index])
            sum += scores[index]
        }
        for index in start..<start + classCount { scores[index] /= sum }
    }
}

/// Turns scores into probabilities, in place: exponentials, divided by their sum over a row's classes.
///
/// Source: scikit-learn `utils/extmath.py`, `softmax`, which subtracts the greatest score first.
@inline(never)
package func softmax(_ scores: inout MutableSpan<Double>, classCount: Int) {
    precondition(classCount > 0 && scores.count % classCount == 0)
    for start in stride(from: 0, to: scores.count, by: classCount) {
        var greatest = scores[start]
        for index in start..<start + classCount { greatest = max(greatest, scores[index]) }
        var sum = 0.0
        for index in start..<start + classCount {
            scores[index] = exponential(scores[index] - greatest)
            sum += scores[index]
        }
        for index in start..<start + classCount { scores[index] /= sum }
    }
}

/// The index of the greatest element of each row, the first one of several.
@inline(never)
package func greatestIndices(_ values: Span<Double>, columnCount: Int) -> [Int] {
    precondition(columnCount > 0 && values.count % columnCount == 0)
    return stride(from: 0, to: values.count, by: columnCount).map { start in
        var best = start
        for index in start..<start + columnCount where values[index] > values[best] { best = index }
        return best - start
    }
}

/// The logarithm of the odds of a probability between 0 and 1: the inverse of the logistic function.
package func logOdds(_ probability: Double) -> Double { logarithm(probability / (1 - probability)) }
