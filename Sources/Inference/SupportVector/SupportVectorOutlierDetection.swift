package import Estimators
import Tensors

/// Answers 1 where the sum of the kernel is positive, elsewhere -1.
struct SupportVectorOutlierDetection: Operator {
    var inputCount: Int { machine.inputCount }
    var stepsPerRow: Int { machine.stepsPerRow }
    let methods: [PredictionMethod] = [.predict, .decisionFunction, .scoreSamples]
    private let machine: SupportVectorMachine
    private let offset: Double

    init(_ detector: OneClassSVM) throws(InferenceError) {
        machine = try SupportVectorMachine(detector.support, fit: detector.fit)
        offset = detector.offset
    }

    func evaluate(
        _ method: PredictionMethod,
        on rows: Matrix<Double>
    ) throws(InferenceError) -> Answer {
        let sums = try machine.sums(rows)
        switch method {
        case .predict: return .array(Output(shape: [sums.count], values: .int64(sums.map { $0 > 0 ? 1 : -1 })))
        case .decisionFunction: return .array(Output(sums))
        case .scoreSamples: return .array(Output(sums.map { $0 + offset }))
        default: throw .unsupported(method, by: Self.self)
        }
    }
}

extension OneClassSVM: PlannedEstimator {
    package func makeOperator() throws(InferenceError) -> any Operator { try SupportVectorOutlierDetection(self) }
}
