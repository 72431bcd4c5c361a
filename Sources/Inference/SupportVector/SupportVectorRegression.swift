package import Estimators
import Tensors

/// Answers the sum of the kernel.
struct SupportVectorRegression: Operator {
    var inputCount: Int { machine.inputCount }
    var stepsPerRow: Int { machine.stepsPerRow }
    let methods: [PredictionMethod] = [.predict]
    private let machine: SupportVectorMachine

    init(_ regressor: SVR) throws(InferenceError) {
        machine = try SupportVectorMachine(regressor.support, fit: regressor.fit)
    }

    func evaluate(
        _ method: PredictionMethod,
        on rows: Matrix<Double>
    ) throws(InferenceError) -> Answer {
        guard method == .predict else { throw .unsupported(method, by: Self.self) }
        return .array(Output(try machine.sums(rows)))
    }
}

extension SVR: PlannedEstimator {
    package func makeOperator() throws(InferenceError) -> any Operator { try SupportVectorRegression(self) }
}
