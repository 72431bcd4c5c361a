import Estimators
import Testing

@testable import Inference

@Suite("Multi-output wrappers")
struct MultiOutputTests {
    private func regressor(_ weights: [Double]) -> LinearRegressor {
        LinearRegressor(
            fit: record("Ridge", columns: weights.count),
            coefficients: matrix([weights]),
            intercept: [0],
            isMultiOutput: false
        )
    }

    private func classifier(_ classes: ClassLabels, _ weight: Double) -> LogisticRegression {
        LogisticRegression(
            fit: record("LogisticRegression", columns: 1),
            classes: classes,
            coefficients: matrix([[weight]]),
            intercept: [0],
            link: .logistic
        )
    }

    @Test("Regressors answer a column each")
    func regression() throws {
        let model = try #require(MultiOutputRegressor(estimators: [regressor([1, 0]), regressor([0, 1])]))
        #expect(try Plan(model).output(.predict, [[1, 2], [3, 4]]) == Output(matrix([[1, 2], [3, 4]])))
        let error = #expect(throws: InferenceError.self) { try Plan(model).evaluate(.predict, on: matrix([[1]])) }
        #expect(error?.message == "X has 1 features, but Ridge is expecting 2 features as input.")
    }

    @Test("Classifiers answer a column of labels each, and an array of probabilities each")
    func classification() throws {
        let model = try #require(
            MultiOutputClassifier(
                estimators: [classifier(.string(["a", "b"]), 1), classifier(.string(["c", "d"]), -1)])
        )
        let plan = try Plan(model)
        #expect(plan.methods == [.predict, .predictProba])
        #expect(try plan.output(.predict, [[1], [-1]]).values == .string(["b", "c", "a", "d"]))
        guard case .perTarget(let targets) = try plan.evaluate(.predictProba, on: matrix([[1], [-1]])) else {
            Issue.record("one array for all targets")
            return
        }
        #expect(targets.map(\.shape) == [[2, 2], [2, 2]])
    }

    @Test(
        "Labels of the targets become one array",
        arguments: [
            ([ClassLabels.int64([0, 1]), .int64([5, 6])], OutputValues.int64([1, 6])),
            ([.bool([false, true]), .bool([true, false])], .bool([true, false])),
            ([.int64([0, 1]), .float64([0.5, 1.5])], .float64([1, 1.5])),
        ]
    )
    func labels(classes: [ClassLabels], values: OutputValues) throws {
        let model = try #require(MultiOutputClassifier(estimators: classes.map { classifier($0, 1) }))
        #expect(try Plan(model).output(.predict, [[1]]).values == values)
    }

    @Test("Estimators of other rows, or that cannot predict, are refused by place")
    func contradictions() throws {
        expectInvalid(
            try #require(MultiOutputRegressor(estimators: [regressor([1]), regressor([1, 2])])),
            naming: "estimators_[1]"
        )
        let scaler = MaxAbsScaler(fit: record("MaxAbsScaler"), scale: [1])
        expectInvalid(try #require(MultiOutputRegressor(estimators: [scaler])), naming: "estimators_[0] cannot predict")
        #expect(MultiOutputRegressor(estimators: []) == nil)
    }
}
