/// A kernel function of libsvm, with its parameters.
package enum KernelFunction: Sendable {
    /// `x · y`.
    case linear
    /// `(gamma x · y + constant) ^ degree`.
    case polynomial(gamma: Double, constant: Double, degree: Int)
    /// `exp(-gamma |x - y|²)`.
    case radial(gamma: Double)
    /// `tanh(gamma x · y + constant)`.
    case sigmoid(gamma: Double, constant: Double)
}

/// The kernel between one row and each of some vectors.
///
/// Source: libsvm `svm.cpp`, `Kernel::k_function`.
///
/// - Parameters:
///   - vectors: row-major, as many elements a vector as `row` has.
///   - output: an element for each vector; overwritten.
@inline(never)
package func evaluateKernel(
    _ function: KernelFunction,
    row: Span<Double>,
    vectors: Span<Double>,
    into output: inout MutableSpan<Double>
) {
    let count = row.count
    precondition(vectors.count == count * output.count)
    switch function {
    case .linear:
        for index in output.indices {
            output[index] = dot(row, vectors.extracting(index * count..<(index + 1) * count))
        }
    case .polynomial(let gamma, let constant, let degree):
        for index in output.indices {
            let product = dot(row, vectors.extracting(index * count..<(index + 1) * count))
            output[index] = power(gamma * product + constant, degree)
        }
    case .radial(let gamma):
        for index in output.indices {
            let distance = squaredDistance(row, vectors.extracting(index * count..<(index + 1) * count))
            output[index] = exponential(-gamma * distance)
        }
    case .sigmoid(let gamma, let constant):
        for index in output.indices {
            let product = dot(row, vectors.extracting(index * count..<(index + 1) * count))
            output[index] = hyperbolicTangent(gamma * product + constant)
        }
    }
}

/// `base` to a whole power by repeated squaring, in libsvm's order; 1 if `exponent` is not positive.
func power(_ base: Double, _ exponent: Int) -> Double {
    var (square, result, remaining) = (base, 1.0, exponent)
    while remaining > 0 {
        if remaining % 2 == 1 { result *= square }
        square *= square
        remaining /= 2
    }
    return result
}
