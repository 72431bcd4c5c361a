/// Probabilities of several classes from those of each pair of them.
///
/// Method: Wu, Lin and Weng, "Probability estimates for multi-class classification by pairwise coupling", JMLR 5
/// (2004), the second approach, iterated as libsvm's `multiclass_probability` does, whose stopping rule shows in the
/// answer.
package struct PairwiseCoupling {
    private let classCount: Int
    /// The matrix of the quadratic form that is minimised, row-major.
    private var form: [Double]
    /// The form times the probabilities.
    private var gradient: [Double]

    /// Memory for problems of `classCount` classes.
    package init(classCount: Int) {
        self.classCount = classCount
        form = [Double](repeating: 0, count: classCount * classCount)
        gradient = [Double](repeating: 0, count: classCount)
    }

    /// Solves one problem.
    ///
    /// - Parameters:
    ///   - pairwise: row-major; element `i, j` is the probability of class `i` if only `i` and `j` are possible.
    ///   - probabilities: an element per class; overwritten.
    package mutating func couple(_ pairwise: Span<Double>, into probabilities: inout MutableSpan<Double>) {
        precondition(pairwise.count == classCount * classCount && probabilities.count == classCount)
        for index in probabilities.indices { probabilities[index] = 1 / Double(classCount) }
        fillForm(pairwise)
        let tolerance = 0.005 / Double(classCount)
        for _ in 0..<max(100, classCount) {
            let value = updateGradient(probabilities.span)
            if gradient.allSatisfy({ abs($0 - value) < tolerance }) { break }
            step(&probabilities, value)
        }
    }

    private mutating func fillForm(_ pairwise: Span<Double>) {
        for row in 0..<classCount {
            var diagonal = 0.0
            for column in 0..<classCount where column != row {
                let opposite = pairwise[column * classCount + row]
                diagonal += opposite * opposite
                form[row * classCount + column] = -opposite * pairwise[row * classCount + column]
            }
            form[row * classCount + row] = diagonal
        }
    }

    /// Multiplies the form by the probabilities, and returns the form's value there.
    private mutating func updateGradient(_ probabilities: Span<Double>) -> Double {
        var value = 0.0
        for row in 0..<classCount {
            var sum = 0.0
            for column in 0..<classCount { sum += form[row * classCount + column] * probabilities[column] }
            gradient[row] = sum
            value += probabilities[row] * sum
        }
        return value
    }

    /// Moves each probability in turn to its minimum and scales all to sum 1 again.
    private mutating func step(_ probabilities: inout MutableSpan<Double>, _ startValue: Double) {
        var value = startValue
        for row in 0..<classCount {
            let diagonal = form[row * classCount + row]
            let change = (value - gradient[row]) / diagonal
            probabilities[row] += change
            value = (value + change * (change * diagonal + 2 * gradient[row])) / (1 + change) / (1 + change)
            for column in 0..<classCount {
                gradient[column] = (gradient[column] + change * form[row * classCount + column]) / (1 + change)
                probabilities[column] /= 1 + change
            }
        }
    }
}

/// Platt's sigmoid `1 / (1 + exp(slope * decision + offset))`, in the form that cannot overflow.
///
/// Source: libsvm `svm.cpp`, `sigmoid_predict`.
package func plattProbability(decision: Double, slope: Double, offset: Double) -> Double {
    let exponent = decision * slope + offset
    return exponent >= 0
        ? exponential(-exponent) / (1 + exponential(-exponent)) : 1 / (1 + exponential(exponent))
}
