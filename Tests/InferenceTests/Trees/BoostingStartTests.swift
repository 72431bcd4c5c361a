import Estimators
import Foundation
import Testing

@testable import Inference

@Suite("BoostingStart")
struct BoostingStartTests {
    @Test("A dummy that does not say how many columns it takes is the start of every row")
    func dummies() throws {
        let classes = ClassLabels.int64([0, 1])
        let prior = DummyClassifier(fit: record("DummyClassifier"), classes: classes, probabilities: [0.25, 0.75])
        let logOdds = 1.0986122886681098
        expectClose(try start(.binary(classes, isExponential: false), prior), [logOdds, logOdds])
        expectClose(try start(.binary(classes, isExponential: true), prior), [logOdds / 2, logOdds / 2])
        let mean = DummyRegressor(fit: record("DummyRegressor"), constant: [7])
        #expect(try start(.value, mean) == [7, 7])
        #expect(try start(.value, nil) == [0, 0])
    }

    @Test("A dummy of another number of classes or targets is refused")
    func contradictions() {
        let classes = ClassLabels.int64([0, 1, 2])
        let prior = DummyClassifier(fit: record("DummyClassifier"), classes: classes, probabilities: [0.2, 0.3, 0.5])
        #expect(throws: InferenceError.self) { try start(.binary(classes, isExponential: false), prior) }
        let means = DummyRegressor(fit: record("DummyRegressor"), constant: [7, 8])
        #expect(throws: InferenceError.self) { try start(.value, means) }
    }

    @Test("A linear estimator fitted in single precision gives probabilities that it has rounded to 1")
    func singlePrecision() throws {
        let classes = ClassLabels.int64([0, 1])
        func linear(_ weight: Double) -> LogisticRegression {
            LogisticRegression(
                fit: record("LogisticRegression", columns: 3),
                classes: classes,
                coefficients: matrix([[0, 0, weight]]),
                intercept: [0],
                link: .logistic
            )
        }
        // Scores of 18 and 36: the first is a probability of 1 - 1.5e-8, which single precision rounds to 1.
        let single = try start(.binary(classes, isExponential: false), linear(6))
        let clipped = -log(Double.ulpOfOne)
        expectClose(single, [clipped, clipped])
        let double = try start(.binary(classes, isExponential: false), linear(6.000000001))
        #expect(abs(double[0] - 18) < 1e-6)
    }

    /// What two rows of three columns start from.
    private func start(_ target: GradientBoosting.Target, _ initial: (any Estimator)?) throws -> [Double] {
        let model = GradientBoosting(
            fit: record("GradientBoosting", columns: 3),
            target: target,
            initial: initial,
            learningRate: 0.1,
            stages: []
        )
        return try BoostingStart(model, columnCount: 3).sums(matrix([[1, 2, 3], [4, 5, 6]]))
    }
}
