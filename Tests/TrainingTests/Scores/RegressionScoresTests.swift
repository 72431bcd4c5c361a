import Tensors
import Testing
import Training

@Suite("Scores of regressions and forecasts")
struct RegressionScoresTests {
    private struct Case: Decodable {
        let actual: ReferenceArray
        let predicted: ReferenceArray
        let mae: Double
        let rmse: Double
        let r2: ReferenceArray
        let absoluteErrors: ReferenceArray
        let rootSquaredErrors: ReferenceArray
        let history: ReferenceArray
        let period: Int
        let mase: Double
    }

    @Test("MAE, RMSE and R2 are scikit-learn's, MASE is numpy's")
    func parity() throws {
        let seed = PythonReference.drawSeed()
        let cases: [Case] = try PythonReference.cases("regressions", seed: seed, count: 200)
        for (index, drawn) in cases.enumerated() {
            let name: Comment = "seed \(seed), case \(index), shape \(drawn.actual.shape)"
            let scores = try RegressionScores(actual: drawn.actual.matrix, predicted: drawn.predicted.matrix)
            expectClose(scores.meanAbsoluteError, drawn.mae, name)
            expectClose(scores.rootMeanSquaredError, drawn.rmse, name)
            expectClose(scores.r2 ?? .nan, drawn.r2.numbers[0], name)
            #expect(scores.absoluteErrors.isIdentical(to: drawn.absoluteErrors.numbers), name)
            #expect(scores.rootSquaredErrors.isIdentical(to: drawn.rootSquaredErrors.numbers), name)
            let scaled = try scores.meanAbsoluteScaledError(history: drawn.history.numbers, period: drawn.period)
            expectClose(scaled ?? .nan, drawn.mase, name)
        }
    }

    private let actual = Matrix(rowCount: 3, columnCount: 2, elements: [1, 5, 2, 5, 3, 5.0])

    @Test("A constant output counts 1 if it is met exactly, 0 otherwise")
    func constants() throws {
        #expect(try RegressionScores(actual: actual, predicted: actual).r2 == 1)
        let near = Matrix(rowCount: 3, columnCount: 2, elements: [1, 5, 2, 5, 3, 5.5])
        let scores = try RegressionScores(actual: actual, predicted: near)
        #expect(scores.r2PerOutput == [1, 0])
        #expect(scores.r2 == 0.5)
    }

    @Test("R2 of a single row, and MASE of a history without change, are not defined")
    func undefined() throws {
        let scores = try RegressionScores(actual: actual.rows(0..<1), predicted: actual.rows(1..<2))
        #expect(scores.r2 == nil && scores.r2PerOutput == nil)
        #expect(try scores.meanAbsoluteScaledError(history: [2, 3, 2, 3, 2], period: 2) == nil)
        #expect(try scores.meanAbsoluteScaledError(history: [2, 3, 2, 3, 2], period: 1) == 0.5)
    }

    @Test("What cannot be compared is refused")
    func refusals() throws {
        let narrow = Matrix(rowCount: 3, columnCount: 1, elements: [1, 2, 3.0])
        let missing = Matrix(rowCount: 3, columnCount: 1, elements: [1, 2, Double.nan])
        let none = Matrix<Double>(rowCount: 0, columnCount: 1, elements: [])
        let blank = Matrix<Double>(rowCount: 3, columnCount: 0, elements: [])
        let pairs = [
            (actual, narrow, "(2!=1)"), (narrow, actual.rows(0..<2), "[3, 2]"), (none, none, "0 sample(s)"),
            (blank, blank, "0 feature(s)"), (missing, narrow, "y_true"), (narrow, missing, "y_pred"),
        ]
        for (actual, predicted, words) in pairs {
            expectRefused(.invalidInput, naming: words) {
                _ = try RegressionScores(actual: actual, predicted: predicted)
            }
        }
        let scores = try RegressionScores(actual: narrow, predicted: narrow)
        expectRefused(.invalidSetting, naming: "0 steps") {
            _ = try scores.meanAbsoluteScaledError(history: [1, 2], period: 0)
        }
        expectRefused(.invalidInput, naming: "no longer") {
            _ = try scores.meanAbsoluteScaledError(history: [1, 2], period: 2)
        }
        expectRefused(.invalidInput, naming: "history") {
            _ = try scores.meanAbsoluteScaledError(history: [1, .infinity], period: 1)
        }
    }
}
