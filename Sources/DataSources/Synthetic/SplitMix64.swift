#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// A random generator that repeats itself from a seed, and that can be split: from one seed a generator for each
/// purpose, so that what is drawn for one does not depend on what is drawn for others.
///
/// SplitMix64 (G. Steele, D. Lea and C. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014).
struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return Self.mix(state)
    }

    private static func mix(_ value: UInt64) -> UInt64 {
        var mixed = value
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// The generator for a purpose, whose name is hashed (FNV-1a) into the state.
    func split(_ purpose: String) -> SplitMix64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in purpose.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0100_0000_01B3 }
        return SplitMix64(seed: Self.mix(state ^ Self.mix(hash)))
    }
}

/// Draws from distributions; the same numbers on every machine with the same mathematical library.
extension SplitMix64 {
    /// Uniform in a range of integers. The standard library may change how it draws; this may not.
    mutating func integer(in range: ClosedRange<Int>) -> Int {
        let count = UInt64(range.upperBound - range.lowerBound) + 1
        return range.lowerBound + Int(next().multipliedFullWidth(by: count).high)
    }

    /// Uniform in [0, 1), in steps of 2^-53.
    mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// Uniform in a range.
    mutating func uniform(_ range: ClosedRange<Double>) -> Double {
        range.lowerBound + (range.upperBound - range.lowerBound) * unit()
    }

    /// From the normal distribution of mean 0 and standard deviation 1, by one of the pair of Box and Muller (1958).
    mutating func normal() -> Double {
        (-2 * log(1 - unit())).squareRoot() * cos(2 * Double.pi * unit())
    }

    /// From the exponential distribution of mean 1.
    mutating func exponential() -> Double { -log(1 - unit()) }

    /// From the Poisson distribution of a mean that is at most a few dozen: products of uniform numbers are drawn until
    /// they fall below exp(-mean) (D. E. Knuth, The Art of Computer Programming, volume 2, section 3.4.1).
    mutating func poisson(mean: Double) -> Int {
        let bound = exp(-mean)
        var product = unit()
        var count = 0
        while product > bound {
            product *= unit()
            count += 1
        }
        return count
    }
}
