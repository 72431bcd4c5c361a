package import Estimators
import Tensors

/// Answers weighted sums of the columns.
struct LinearPrediction: Operator {
    var inputCount: Int { scores.inputCount }
    var stepsPerRow: Int { scores.stepsPerRow }
    let methods: [PredictionMethod] = [.predict]
    private let scores: LinearScores
    private let isMultiOutput: Bool

    init(_ regressor: LinearRegressor) throws(InferenceError) {
        scores = try LinearScores(
            fit: regressor.fit,
            coefficients: regressor.coefficients,
            intercept: regressor.intercept
        )
        isMultiOutput = regressor.isMultiOutput
        if !isMultiOutput { try regressor.fit.require("the number of rows of coef_", scores.count, is: 1) }
    }

    func evaluate(
        _ method: PredictionMethod,
        on rows: Matrix<Double>
    ) throws(InferenceError) -> Answer {
        guard method == .predict else { throw .unsupported(method, by: Self.self) }
        let values = try scores(rows)
        let shape = isMultiOutput ? [rows.rowCount, scores.count] : [rows.rowCount]
        return .array(Output(shape: shape, values: .float64(values)))
    }
}

extension LinearRegressor: PlannedEstimator {
    package func makeOperator() throws(InferenceError) -> any Operator { try LinearPrediction(self) }
}
