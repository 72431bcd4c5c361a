import Estimators
import Inference
import Tensors
import Testing
import Training

/// Scalers fitted here and by scikit-learn on the same rows.
@Suite("Fits of scalers")
struct ScalerFitTests {
    private struct Case: Decodable {
        let rows: ReferenceArray
        let isCentering: Bool
        let isScaling: Bool
        let sampleCounts: ReferenceArray
        let mean: ReferenceArray?
        let variance: ReferenceArray?
        let standardScale: ReferenceArray?
        let quantileRange: ReferenceArray
        let hasUnitVariance: Bool
        let center: ReferenceArray
        let robustScale: ReferenceArray
        let featureRange: ReferenceArray
        let dataMinimum: ReferenceArray
        let dataMaximum: ReferenceArray
        let dataRange: ReferenceArray
        let minMaxScale: ReferenceArray
        let minimum: ReferenceArray
    }

    @Test("Every number is scikit-learn's")
    func parity() throws {
        let seed = PythonReference.drawSeed()
        let cases: [Case] = try PythonReference.cases("scalers", seed: seed, count: 400)
        for (index, drawn) in cases.enumerated() {
            let name: Comment = "seed \(seed), case \(index), shape \(drawn.rows.shape)"
            try checkStandard(drawn, name)
            try checkRobust(drawn, name)
            try checkMinMax(drawn, name)
        }
    }

    private func checkStandard(_ drawn: Case, _ name: Comment) throws {
        let fit = try StandardScalerFit(
            drawn.rows.matrix, isCentering: drawn.isCentering, isScaling: drawn.isScaling)
        #expect(fit.sampleCounts == drawn.sampleCounts.integers, name)
        expectSame(fit.mean, drawn.mean?.numbers, name)
        expectSame(fit.variance, drawn.variance?.numbers, name)
        expectSame(fit.scale, drawn.standardScale?.numbers, name)
    }

    private func checkRobust(_ drawn: Case, _ name: Comment) throws {
        let range = drawn.quantileRange.numbers
        let fit = try RobustScalerFit(
            drawn.rows.matrix, quantileRange: range[0]...range[1], hasUnitVariance: drawn.hasUnitVariance)
        expectSame(fit.center, drawn.center.numbers, name)
        expectSame(fit.scale, drawn.robustScale.numbers, name)
    }

    private func checkMinMax(_ drawn: Case, _ name: Comment) throws {
        let range = drawn.featureRange.numbers
        let fit = try MinMaxScalerFit(drawn.rows.matrix, featureRange: range[0]...range[1])
        #expect(fit.sampleCount == drawn.rows.shape[0], name)
        expectSame(fit.dataMinimum, drawn.dataMinimum.numbers, name)
        expectSame(fit.dataMaximum, drawn.dataMaximum.numbers, name)
        expectSame(fit.dataRange, drawn.dataRange.numbers, name)
        expectSame(fit.scale, drawn.minMaxScale.numbers, name)
        expectSame(fit.minimum, drawn.minimum.numbers, name)
    }

    private func expectSame(
        _ values: [Double]?, _ expected: [Double]?, _ name: Comment,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let isSame = (values ?? []).isIdentical(to: expected ?? []) && (values == nil) == (expected == nil)
        #expect(isSame, "\(name): \(values ?? []), not \(expected ?? [])", sourceLocation: sourceLocation)
    }

    private let rows = Matrix(rowCount: 3, columnCount: 2, elements: [1, 10, 2, 10, 6, 10.0])

    @Test("A fit makes a scaler that can be asked")
    func scalers() throws {
        let standard = try StandardScalerFit(rows).scaler(featureNames: ["a", "b"])
        let answer = try Plan(standard).evaluate(.transform, on: rows)
        guard case .array(let output) = answer, case .float64(let numbers) = output.values else {
            Issue.record("\(answer)")
            return
        }
        #expect(abs(numbers[0] + numbers[2] + numbers[4]) < 1e-15)
        #expect([numbers[1], numbers[3], numbers[5]] == [0, 0, 0])
        #expect(standard.fit.featureNames == ["a", "b"])
        #expect(try !StandardScalerFit(rows, isCentering: false).scaler().isCentering)
        #expect(try RobustScalerFit(rows).scaler().center == [2, 10])
        #expect(try RobustScalerFit(rows, isCentering: false, isScaling: false).scaler().scale == nil)
        #expect(try MinMaxScalerFit(rows).scaler().bounds == nil)
        #expect(try MinMaxScalerFit(rows, isClipping: true).scaler().bounds?.upper == 1)
    }

    @Test("Rows that scikit-learn refuses are refused in its words")
    func refusedRows() {
        let empty = Matrix<Double>(rowCount: 0, columnCount: 2, elements: [])
        let narrow = Matrix<Double>(rowCount: 2, columnCount: 0, elements: [])
        let infinite = Matrix(rowCount: 2, columnCount: 1, elements: [1, -Double.infinity])
        for (rows, words) in [(empty, "0 sample(s) (shape=(0, 2))"), (narrow, "0 feature(s)"), (infinite, "infinity")] {
            expectRefused(.invalidInput, naming: words) { _ = try StandardScalerFit(rows) }
            expectRefused(.invalidInput, naming: words) { _ = try RobustScalerFit(rows) }
            expectRefused(.invalidInput, naming: words) { _ = try MinMaxScalerFit(rows) }
        }
    }

    @Test("Settings out of range are refused")
    func refusedSettings() {
        expectRefused(.invalidSetting, naming: "(-1.0, 50.0)") { _ = try RobustScalerFit(rows, quantileRange: -1...50) }
        expectRefused(.invalidSetting, naming: "(1.0, 100.5)") {
            _ = try RobustScalerFit(rows, quantileRange: 1...100.5)
        }
        expectRefused(.invalidSetting, naming: "unit_variance") {
            _ = try RobustScalerFit(rows, quantileRange: 0...50, hasUnitVariance: true)
        }
        expectRefused(.invalidSetting, naming: "(2.0, 2.0)") { _ = try MinMaxScalerFit(rows, featureRange: 2...2) }
    }
}
