/// Reports like those of real runs, drawn from a seed.
enum SampleReports {
    static let start = 1_794_268_800
    static let week = 7 * 86_400

    /// Random numbers that repeat themselves from a seed.
    struct Draw {
        private var state: UInt64

        init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

        mutating func uniform() -> Double {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Double(state >> 11) * 0x1p-53
        }

        /// About a standard normal number: the sum of twelve uniform ones.
        mutating func normal() -> Double { (0..<12).reduce(-6) { sum, _ in sum + uniform() } }

        /// A wave between -1 and 1 of parabolas.
        func wave(_ index: Int, period: Int) -> Double {
            let phase = Double(index % period) / Double(period)
            let half = phase < 0.5 ? phase * 2 : phase * 2 - 1
            return (phase < 0.5 ? 4 : -4) * half * (1 - half)
        }
    }
}
