import Testing
import Training

@Suite("ROC and precision-recall curves")
struct CurveTests {
    private struct Case: Decodable {
        let isPositive: ReferenceArray
        let scores: ReferenceArray
        let falsePositiveRates: ReferenceArray
        let truePositiveRates: ReferenceArray
        let thresholds: ReferenceArray
        let area: ReferenceArray
        let precisions: ReferenceArray
        let recalls: ReferenceArray
        let points: ReferenceArray
        let averagePrecision: Double
    }

    @Test("Curves and the areas below them are scikit-learn's")
    func parity() throws {
        let seed = PythonReference.drawSeed()
        let cases: [Case] = try PythonReference.cases("curves", seed: seed, count: 200)
        for (index, drawn) in cases.enumerated() {
            let name: Comment = "seed \(seed), case \(index)"
            let isPositive = drawn.isPositive.numbers.map { $0 == 1 }
            let curve = try ROCCurve(isPositive: isPositive, scores: drawn.scores.numbers)
            #expect(curve.falsePositiveRates.isIdentical(to: drawn.falsePositiveRates.numbers), name)
            #expect(curve.truePositiveRates.isIdentical(to: drawn.truePositiveRates.numbers), name)
            #expect(curve.thresholds.isIdentical(to: drawn.thresholds.numbers), name)
            expectClose(curve.area ?? .nan, drawn.area.numbers[0], name)

            let other = try PrecisionRecallCurve(isPositive: isPositive, scores: drawn.scores.numbers)
            #expect(other.precisions.isIdentical(to: drawn.precisions.numbers), name)
            #expect(other.recalls.isIdentical(to: drawn.recalls.numbers), name)
            #expect(other.thresholds.isIdentical(to: drawn.points.numbers), name)
            expectClose(other.averagePrecision, drawn.averagePrecision, name)
        }
    }

    @Test("Scores that separate the classes have areas of 1; equal scores have those of chance")
    func extremes() throws {
        let isPositive = [true, true, false, false]
        #expect(try ROCCurve(isPositive: isPositive, scores: [4, 3, 2, 1]).area == 1)
        #expect(try ROCCurve(isPositive: isPositive, scores: [1, 2, 3, 4]).area == 0)
        #expect(try ROCCurve(isPositive: isPositive, scores: [1, 1, 1, 1]).area == 0.5)
        #expect(try PrecisionRecallCurve(isPositive: isPositive, scores: [4, 3, 2, 1]).averagePrecision == 1)
        #expect(try PrecisionRecallCurve(isPositive: isPositive, scores: [1, 1, 1, 1]).averagePrecision == 0.5)
    }

    @Test("Rows of one class have no ROC-AUC", arguments: [true, false])
    func singleClass(isPositive: Bool) throws {
        #expect(try ROCCurve(isPositive: [isPositive, isPositive], scores: [1, 2]).area == nil)
        let precision = try PrecisionRecallCurve(isPositive: [isPositive, isPositive], scores: [1, 2])
        #expect(precision.averagePrecision == (isPositive ? 1 : 0))
    }

    @Test("No rows, rows without scores, and scores that are not finite are refused")
    func refusals() {
        expectRefused(.invalidInput, naming: "0 sample(s)") { _ = try ROCCurve(isPositive: [], scores: []) }
        expectRefused(.invalidInput, naming: "[1, 2]") { _ = try ROCCurve(isPositive: [true], scores: [1, 2]) }
        expectRefused(.invalidInput, naming: "y_score") {
            _ = try PrecisionRecallCurve(isPositive: [true, false], scores: [1, .nan])
        }
    }
}
