import Estimators
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
