import Testing

@testable import Training

@Suite("RandomState")
struct RandomStateTests {
    /// The C++ standard requires this of `mt19937`, whose default seed is 5489 ([rand.predef]).
    @Test("The 10 000th number of the Mersenne Twister is the standard's")
    func standard() {
        var generator = MersenneTwister(seed: 5489)
        for _ in 1..<10_000 { _ = generator.next() }
        #expect(generator.next() == 4_123_659_995)
    }

    @Test("A copy goes on as the original does, each by itself")
    func copies() {
        var state = RandomState(seed: 7)
        _ = state.doubles(count: 1000)
        var copy = state
        #expect(state.permutation(100) == copy.permutation(100))
        _ = copy.double()
        #expect(state.double() != copy.double())
    }

    @Test("An integer lies in its range", arguments: [0..<1, -3..<4, 0..<(1 << 32) + 1, Int.min..<Int.max])
    func integers(range: Range<Int>) {
        var state = RandomState(seed: 1)
        #expect(state.integers(in: range, count: 500).allSatisfy(range.contains))
    }

    @Test("A permutation has each number once", arguments: [0, 1, 2, 100])
    func permutations(count: Int) {
        var state = RandomState(seed: 3)
        #expect(state.permutation(count).sorted() == Array(0..<count))
    }

    @Test(
        "A sample has no number twice, whatever its share",
        arguments: [(0, 0), (1, 0), (1, 1), (1000, 3), (1000, 500), (1000, 995), (1000, 1000)])
    func samples(population: Int, count: Int) {
        var state = RandomState(seed: 5)
        let sample = state.sampleWithoutReplacement(of: population, count: count)
        #expect(Set(sample).count == count && sample.count == count)
        #expect(sample.allSatisfy((0..<population).contains))
    }

    @Test("What is impossible is never chosen, what is certain always")
    func impossible() {
        var state = RandomState(seed: 11)
        #expect(state.choice(probabilities: [0, 1, 0], count: 100).allSatisfy { $0 == 1 })
    }

    @Test("The trees' generator leaves the seed 0, and its numbers lie between the bounds")
    func xorshift() {
        var (zero, one) = (Xorshift(seed: 0), Xorshift(seed: 1))
        for _ in 0..<1000 {
            #expect(zero.next() == one.next())
            #expect((2...3).contains(one.double(from: 2, to: 3)))
            _ = zero.next()
        }
    }
}
