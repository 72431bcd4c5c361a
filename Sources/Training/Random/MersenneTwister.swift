/// The generator MT19937: 32 random bits a step, with the period 2^19937 - 1.
///
/// Source: Matsumoto and Nishimura, "Mersenne Twister", ACM TOMACS 8 (1998); seeding by one number as the authors'
/// `mt19937ar.c` (2002), which numpy `random/src/mt19937/mt19937.c` follows.
struct MersenneTwister: Sendable {
    private static let wordCount = 624
    private static let lag = 397

    private var words: [UInt32]
    private var position = Self.wordCount

    /// Seeds the state by one number.
    init(seed: UInt32) {
        words = [UInt32](repeating: seed, count: Self.wordCount)
        for index in 1..<Self.wordCount {
            let previous = words[index - 1]
            words[index] = 1_812_433_253 &* (previous ^ (previous >> 30)) &+ UInt32(index)
        }
    }

    /// The next 32 bits.
    @inline(__always)
    mutating func next() -> UInt32 {
        if position == Self.wordCount { twist() }
        var bits = words[position]
        position += 1
        bits ^= bits >> 11
        bits ^= (bits << 7) & 0x9d2c_5680
        bits ^= (bits << 15) & 0xefc6_0000
        return bits ^ (bits >> 18)
    }

    /// Makes the next 624 words out of the last ones.
    @inline(never)
    private mutating func twist() {
        for index in 0..<Self.wordCount - Self.lag { mix(index, index + 1, index + Self.lag) }
        for index in Self.wordCount - Self.lag..<Self.wordCount - 1 {
            mix(index, index + 1, index + Self.lag - Self.wordCount)
        }
        mix(Self.wordCount - 1, 0, Self.lag - 1)
        position = 0
    }

    @inline(__always)
    private mutating func mix(_ index: Int, _ following: Int, _ distant: Int) {
        let joined = (words[index] & 0x8000_0000) | (words[following] & 0x7fff_ffff)
        words[index] = words[distant] ^ (joined >> 1) ^ ((joined & 1) &* 0x9908_b0df)
    }
}
