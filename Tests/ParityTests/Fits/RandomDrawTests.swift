import Foundation
import Testing

@testable import Training

/// The random streams that fits stand on, drawn live by numpy and scikit-learn.
@Suite("Parity of random draws", .serialized)
struct RandomDrawTests {
    private struct Sequence: Decodable {
        let seed: UInt32
        let draws: [Draw]
    }

    private struct Draw: Decodable {
        let method: String
        let low: Int
        let high: Int
        let count: Int
        let weights: [UInt64]
        let numbers: [Int]
        let bits: [UInt64]
    }

    @Test("RandomState, sampling without replacement and the trees' own generator draw what numpy's draw")
    func draws() throws {
        let seed = ParitySeed.value
        print("parity of random draws: numpy of scikit-learn \(ScikitLearn.fitted), seed \(seed)")
        let sequences = try ParityFolder.with { folder in
            let output = try ScikitLearn.run(
                "Fits/random_draws.py", ["--seed", "\(seed)", "--count", "60"], version: ScikitLearn.fitted)
            return try JSONDecoder().decode([Sequence].self, from: output)
        }
        var drawCount = 0
        for sequence in sequences {
            var state = RandomState(seed: sequence.seed)
            for (index, draw) in sequence.draws.enumerated() {
                let drawn = draw.method == "xorshift" ? Self.xorshift(sequence.seed) : Self.repeated(draw, &state)
                #expect(drawn.numbers == draw.numbers, "\(draw.method), draw \(index) of seed \(sequence.seed)")
                #expect(drawn.bits == draw.bits, "\(draw.method), draw \(index) of seed \(sequence.seed)")
                drawCount += 1
            }
        }
        print("parity of random draws: \(drawCount) draws of \(sequences.count) seeds are the same")
    }

    private static func repeated(_ draw: Draw, _ state: inout RandomState) -> (numbers: [Int], bits: [UInt64]) {
        switch draw.method {
        case "randint": (state.integers(in: draw.low..<draw.high, count: draw.count), [])
        case "random_sample", "uniform": ([], state.doubles(count: draw.count).map(\.bitPattern))
        case "permutation": (state.permutation(draw.count), [])
        case "choice": (state.choice(of: draw.high, count: draw.count), [])
        case "weighted":
            (state.choice(probabilities: draw.weights.map(Double.init(bitPattern:)), count: draw.count), [])
        case "sample": (state.sampleWithoutReplacement(of: draw.high, count: draw.count), [])
        default: ([], [])
        }
    }

    private static func xorshift(_ seed: UInt32) -> (numbers: [Int], bits: [UInt64]) {
        var generator = Xorshift(seed: seed)
        return ([Int(generator.next())], [])
    }
}
