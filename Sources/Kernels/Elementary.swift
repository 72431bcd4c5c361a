#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// The exponential function.
@inline(__always)
func exponential(_ x: Double) -> Double { exp(x) }

/// The hyperbolic tangent.
@inline(__always)
func hyperbolicTangent(_ x: Double) -> Double { tanh(x) }

/// `1 / (1 + exp(-x))`.
@inline(__always)
func logistic(_ x: Double) -> Double { 1 / (1 + exponential(-x)) }

/// Replaces each element by its natural logarithm; of 0 that is minus infinity.
@inline(never)
package func takeLogarithms(_ values: inout MutableSpan<Double>) {
    for index in values.indices { values[index] = log(values[index]) }
}
