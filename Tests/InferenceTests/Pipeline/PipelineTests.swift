import Estimators
import Testing

@testable import Inference

@Suite("Pipeline")
struct PipelineTests {
    private let scaler = StandardScaler(fit: record("StandardScaler", columns: 2), mean: [1, 1], scale: [2, 4])
    private let clusters = KMeans(fit: record("KMeans", columns: 2), centers: matrix([[0, 0], [1, 1], [5, 5]]))
    private let regressor = LinearRegressor(
        fit: record("Ridge", columns: 3),
        coefficients: matrix([[1, 10, 100]]),
        intercept: [0],
        isMultiOutput: false
    )

    private func pipeline(_ estimators: (any Estimator)?...) throws -> Pipeline {
        try #require(Pipeline(steps: estimators.enumerated().map { .init(name: "s\($0)", estimator: $1) }))
    }

    @Test("Rows go through all transforms to the last estimator")
    func chain() throws {
        let plan = try Plan(try pipeline(scaler, clusters, regressor))
        #expect(plan.methods == [.predict])
        // Scaled to (1, 1): the distances are the root of 2, 0, and the root of 32.
        expectClose(try plan.numbers(.predict, [[3, 5]]), [2.squareRoot() + 100 * 32.squareRoot()])
    }

    @Test("Steps that are passed through change nothing, first, between or last")
    func passthrough() throws {
        let expected = try Plan(scaler).numbers(.transform, [[3, 5], [0, 0]])
        for steps in [[nil, scaler], [scaler, nil], [nil, scaler, nil]] as [[(any Estimator)?]] {
            let pipeline = try #require(Pipeline(steps: steps.map { .init(name: "s", estimator: $0) }))
            let plan = try Plan(pipeline)
            #expect(plan.methods == [.transform])
            #expect(try plan.numbers(.transform, [[3, 5], [0, 0]]) == expected)
        }
        #expect(Pipeline(steps: [.init(name: "s", estimator: nil)]) == nil)
    }

    @Test("A last estimator that predicts and transforms does both, but only transforms before passthrough")
    func lastTransforms() throws {
        let plan = try Plan(try pipeline(scaler, clusters))
        #expect(plan.methods == [.predict, .transform])
        #expect(try plan.output(.predict, [[3, 5], [1, 1]]).values == .int64([1, 0]))
        let passing = try Plan(try pipeline(scaler, clusters, nil))
        #expect(passing.methods == [.transform])
        #expect(try passing.numbers(.transform, [[3, 5]]) == plan.numbers(.transform, [[3, 5]]))
    }

    @Test("Pipelines nest")
    func nested() throws {
        let inner = try pipeline(nil, scaler)
        let plan = try Plan(try pipeline(inner, try pipeline(clusters, regressor)))
        #expect(
            try plan.numbers(.predict, [[3, 5]])
                == Plan(try pipeline(scaler, clusters, regressor)).numbers(.predict, [[3, 5]])
        )
    }

    @Test("The first real step complains of the width")
    func width() throws {
        let plan = try Plan(try pipeline(nil, try pipeline(scaler), clusters))
        let error = #expect(throws: InferenceError.self) { try plan.evaluate(.predict, on: matrix([[1, 2, 3]])) }
        #expect(error?.message == "X has 3 features, but StandardScaler is expecting 2 features as input.")
    }

    @Test("Steps that do not fit together are refused by place")
    func contradictions() throws {
        expectInvalid(try pipeline(scaler, regressor), naming: "steps[1] (s1): it takes 3 columns")
        expectInvalid(try pipeline(regressor, scaler), naming: "steps[0] (s0): it cannot transform")
        expectInvalid(try pipeline(scaler, clusters, regressor, nil), naming: "steps[2] (s2): it cannot transform")
    }
}
