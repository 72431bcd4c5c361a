import Tensors

/// A chain of transforms with an estimator at its end that does not transform.
struct TransformedPrediction: Operator {
    var inputCount: Int { transforms.inputCount }
    var methods: [PredictionMethod] { last.methods }
    var stepsPerRow: Int { transforms.stepsPerRow + last.stepsPerRow }
    private let transforms: any TransformOperator
    private let last: any Operator

    /// An estimator that takes what the transforms make.
    init(_ transforms: any TransformOperator, last: any Operator) {
        self.transforms = transforms
        self.last = last
    }

    func evaluate(
        _ method: PredictionMethod,
        on rows: Matrix<Double>
    ) throws(InferenceError) -> Answer {
        try last.evaluate(method, on: transforms.transform(rows))
    }
}
