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

/// The power of a positive base.
@inline(__always)
func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }

/// `1 / (1 + exp(-x))`.
@inline(__always)
func logistic(_ x: Double) -> Double { 1 / (1 + exponential(-x)) }

/// The natural logarithm.
@inline(__always)
func logarithm(_ x: Double) -> Double { log(x) }

/// Replaces each element by its natural logarithm; of 0 that is minus infinity.
@inline(never)
package func takeLogarithms(_ values: inout MutableSpan<Double>) {
    for index in values.indices { values[index] = logarithm(values[index]) }
}
