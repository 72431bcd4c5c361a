/// The generator inside scikit-learn's trees: 31 random bits a step, out of a state of 32.
///
/// Source: Marsaglia, "Xorshift RNGs", Journal of Statistical Software 8 (2003); scikit-learn `utils/_random.pxd`,
/// `our_rand_r`, and `tree/_utils.pyx`, `rand_int` and `rand_uniform`.
struct Xorshift: Sendable {
    /// The largest number drawn, 2^31 - 1.
    static let maximum = 0x7fff_ffff

    private var state: UInt32

    /// Seeds the state; 0, which would stay 0, counts as 1.
    init(seed: UInt32) {
        state = seed
    }

    /// The next 31 bits.
    mutating func next() -> UInt32 {
        if state == 0 { state = 1 }
        state ^= state << 13
        state ^= state >> 17
        state ^= state << 5
        return state & 0x7fff_ffff
    }

    /// An integer of a range, which must not be empty, and not longer than 2^31.
    mutating func integer(in range: Range<Int>) -> Int {
        range.lowerBound + Int(next() % UInt32(range.count))
    }

    /// A number between two bounds, the upper one included.
    mutating func double(from low: Double, to high: Double) -> Double {
        (high - low) * Double(next()) / Double(Self.maximum) + low
    }
}
