import Estimators
import Testing

@testable import Inference

@Suite("Linear models")
struct LinearTests {
    private let rows = [[1.0, 2], [0, -1]]

    @Test("A regressor's answer has as many dimensions as its weights")
    func regression() throws {
        let fit = record("Ridge", columns: 2)
        let single = try Plan(
            LinearRegressor(fit: fit, coefficients: matrix([[3, 4]]), intercept: [0.5], isMultiOutput: false)
        )
        #expect(try single.output(.predict, rows) == Output([11.5, -3.5]))
        let multi = try Plan(
            LinearRegressor(fit: fit, coefficients: matrix([[3, 4]]), intercept: [0.5], isMultiOutput: true)
        )
        #expect(try multi.output(.predict, rows).shape == [2, 1])
        let shared = try Plan(
            LinearRegressor(fit: fit, coefficients: matrix([[3, 4], [1, 1]]), intercept: [0], isMultiOutput: true)
        )
        #expect(try shared.output(.predict, rows) == Output(matrix([[11, 3], [-4, -1]])))
    }

    @Test("Two classes: the sign of the score decides, 0 for the first")
    func binary() throws {
        let plan = try Plan(
            LogisticRegression(
                fit: record("LogisticRegression"),
                classes: .string(["idle", "busy"]),
                coefficients: matrix([[1, 0]]),
                intercept: [-1],
                link: .logistic
            )
        )
        let output = try plan.output(.predict, [[1, 0], [2, 0], [0, 0]])
        #expect(output.values == .string(["idle", "busy", "idle"]))
        #expect(try plan.numbers(.decisionFunction, [[1, 0], [2, 0]]) == [0, 1])
        expectClose(
            try plan.numbers(.predictProba, [[1, 0], [2, 0]]),
            [0.5, 0.5, 0.2689414213699951, 0.7310585786300049]
        )
        expectClose(try plan.numbers(.predictLogProba, [[1, 0]]), [-0.6931471805599453, -0.6931471805599453])
    }

    @Test("Two classes by softmax weigh the score twice")
    func binarySoftmax() throws {
        let plan = try Plan(
            LogisticRegression(
                fit: record("LogisticRegression"),
                classes: .bool([false, true]),
                coefficients: matrix([[1]]),
                intercept: [0],
                link: .softmax
            )
        )
        expectClose(try plan.numbers(.predictProba, [[0.5]]), [0.2689414213699951, 0.7310585786300049])
    }

    @Test("Several classes: the first greatest score wins, whatever the link")
    func multiclass() throws {
        let weights = matrix([[1, 0], [0, 1], [1, 0]])
        for link in [LogisticRegression.Link.logistic, .softmax] {
            let plan = try Plan(
                LogisticRegression(
                    fit: record("LogisticRegression"),
                    classes: .int64([7, 8, 9]),
                    coefficients: weights,
                    intercept: [0, 0, 0],
                    link: link
                )
            )
            #expect(try plan.output(.predict, [[2, 1], [1, 2]]).values == .int64([7, 8]))
            let probabilities = try plan.numbers(.predictProba, [[2, 1]])
            expectClose([probabilities.reduce(0, +), probabilities[0] - probabilities[2]], [1, 0])
            let ratio = link == .softmax ? 2.718281828459045 : 0.8807970779778823 / 0.7310585786300049
            expectClose([probabilities[0] / probabilities[1]], [ratio])
        }
    }

    @Test("A softmax of large scores does not overflow")
    func largeScores() throws {
        let plan = try Plan(
            LogisticRegression(
                fit: record("LogisticRegression"),
                classes: .int64([0, 1, 2]),
                coefficients: matrix([[1], [2], [-1]]),
                intercept: [0, 0, 0],
                link: .softmax
            )
        )
        #expect(try plan.numbers(.predictProba, [[5000]]) == [0, 1, 0])
        #expect(try plan.numbers(.predictLogProba, [[5000]]) == [-.infinity, 0, -.infinity])
    }

    @Test("NaN and infinity are refused", arguments: [Double.nan, .infinity])
    func notFinite(value: Double) throws {
        let plan = try Plan(
            LinearRegressor(fit: record("Lasso"), coefficients: matrix([[3]]), intercept: [0], isMultiOutput: false)
        )
        #expect(throws: InferenceError.self) { try plan.numbers(.predict, [[value]]) }
    }

    @Test("Weights that contradict the fit are refused by name")
    func contradictions() {
        let fit = record("Ridge", columns: 2)
        func regressor(_ rows: [[Double]], _ intercept: [Double], _ isMultiOutput: Bool) -> LinearRegressor {
            LinearRegressor(
                fit: fit,
                coefficients: matrix(rows),
                intercept: intercept,
                isMultiOutput: isMultiOutput
            )
        }
        expectInvalid(regressor([[1, 2, 3]], [0], false), naming: "coef_ has 3 columns")
        expectInvalid(regressor([[1, 2], [3, 4]], [0], false), naming: "rows of coef_")
        expectInvalid(regressor([[1, 2], [3, 4]], [0, 1, 2], true), naming: "intercept_")
        expectInvalid(regressor([[1, 2]], [], true), naming: "intercept_")
        func classifier(_ classes: ClassLabels, _ rows: [[Double]]) -> LogisticRegression {
            LogisticRegression(fit: fit, classes: classes, coefficients: matrix(rows), intercept: [0], link: .softmax)
        }
        expectInvalid(classifier(.int64([1, 2, 3]), [[1, 2]]), naming: "classes_")
        expectInvalid(classifier(.int64([1, 2]), [[1, 2], [1, 2], [1, 2]]), naming: "classes_")
    }
}
