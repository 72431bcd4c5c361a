import Estimators
import Testing

@testable import Inference

@Suite("Dummy estimators")
struct DummyTests {
    @Test("A classifier answers the frequencies for every row")
    func classifier() throws {
        let fit = record("DummyClassifier", columns: 1)
        let plan = try Plan(DummyClassifier(fit: fit, classes: .int64([3, 4, 5]), probabilities: [0.2, 0.4, 0.4]))
        #expect(try plan.output(.predict, [[1], [2]]).values == .int64([4, 4]))
        #expect(try plan.output(.predictProba, [[1], [2]]) == Output(matrix([[0.2, 0.4, 0.4], [0.2, 0.4, 0.4]])))
        expectInvalid(
            DummyClassifier(fit: fit, classes: .int64([3]), probabilities: [0.5, 0.5]),
            naming: "class_prior_"
        )
    }

    @Test("A regressor answers a number per target for every row")
    func regressor() throws {
        let fit = record("DummyRegressor", columns: 1)
        #expect(try Plan(DummyRegressor(fit: fit, constant: [7])).output(.predict, [[1], [2]]) == Output([7, 7]))
        let several = try Plan(DummyRegressor(fit: fit, constant: [7, 8])).output(.predict, [[1], [2]])
        #expect(several == Output(matrix([[7, 8], [7, 8]])))
        expectInvalid(DummyRegressor(fit: fit, constant: []), naming: "constant_")
    }
}
