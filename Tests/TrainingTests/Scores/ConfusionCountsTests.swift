import Testing
import Training

@Suite("Confusion counts")
struct ConfusionCountsTests {
    private struct Case: Decodable {
        let actual: ReferenceArray
        let predicted: ReferenceArray
        let zeroDivision: Double
        let counts: ReferenceArray
        let scores: ReferenceArray
    }

    @Test("Counts, precision, recall, F1 and accuracy are scikit-learn's")
    func parity() throws {
        let seed = PythonReference.drawSeed()
        let cases: [Case] = try PythonReference.cases("labels", seed: seed, count: 200)
        for (index, drawn) in cases.enumerated() {
            let counts = try ConfusionCounts(
                actual: drawn.actual.integers, predicted: drawn.predicted.integers, positive: 1)
            let name: Comment = "seed \(seed), case \(index)"
            #expect(
                [counts.truePositives, counts.falsePositives, counts.falseNegatives, counts.trueNegatives]
                    == drawn.counts.integers, name)
            let scores = [
                counts.precision(zeroDivision: drawn.zeroDivision), counts.recall(zeroDivision: drawn.zeroDivision),
                counts.f1(zeroDivision: drawn.zeroDivision), counts.accuracy,
            ]
            #expect(scores == drawn.scores.numbers, name)
        }
    }

    @Test("Labels may be of any type, and all but one are negative")
    func labels() throws {
        let counts = try ConfusionCounts(
            actual: ["down", "up", "idle"], predicted: ["down", "down", "up"], positive: "down")
        #expect(counts.truePositives == 1 && counts.falsePositives == 1)
        #expect(counts.falseNegatives == 0 && counts.trueNegatives == 1)
    }

    @Test("Without a prediction of the positive class, precision is what was asked for")
    func zeroDivision() throws {
        let counts = try ConfusionCounts(actual: [false], predicted: [false], positive: true)
        #expect(counts.precision() == 0 && counts.recall(zeroDivision: 1) == 1)
        #expect(counts.f1(zeroDivision: .nan).isNaN)
    }

    @Test("No rows, and rows without predictions, are refused")
    func refusals() {
        expectRefused(.invalidInput, naming: "0 sample(s)") {
            _ = try ConfusionCounts(actual: [], predicted: [], positive: 1)
        }
        expectRefused(.invalidInput, naming: "inconsistent numbers of samples: [2, 1]") {
            _ = try ConfusionCounts(actual: [1, 1], predicted: [1], positive: 1)
        }
    }
}
