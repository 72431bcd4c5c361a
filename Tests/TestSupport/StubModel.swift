package import Inference
package import Tensors

/// A model whose answers are easily told: a classifier of rows by the sign of their sum.
package struct StubModel: Operator {
    package let inputCount: Int
    package let methods: [PredictionMethod]
    package let stepsPerRow: Int

    /// - Parameter stepsPerRow: how long it says that a row takes, in nanoseconds.
    package init(
        inputCount: Int = 2,
        methods: [PredictionMethod] = [.predict, .predictProba, .decisionFunction],
        stepsPerRow: Int = 2
    ) {
        self.inputCount = inputCount
        self.methods = methods
        self.stepsPerRow = stepsPerRow
    }

    /// The model as a plan whose sentences name the class `StubModel`.
    package func plan(featureNames: [String]? = nil) -> Plan {
        Plan(operator: self, className: "StubModel", featureNames: featureNames)
    }

    /// `predict` is 1 or -1, `predict_proba` `[0.25, 0.75]` or the reverse, and everything else the sums.
    package func evaluate(_ method: PredictionMethod, on rows: Matrix<Double>) throws(InferenceError) -> Answer {
        let sums = (0..<rows.rowCount).map { rows.row($0).reduce(0, +) }
        switch method {
        case .predict:
            return .array(Output(shape: [sums.count], values: .int64(sums.map { $0 < 0 ? -1 : 1 })))
        case .predictProba:
            let pairs = sums.flatMap { $0 < 0 ? [0.75, 0.25] : [0.25, 0.75] }
            return .array(Output(shape: [sums.count, 2], values: .float64(pairs)))
        default:
            return .array(Output(sums))
        }
    }
}
