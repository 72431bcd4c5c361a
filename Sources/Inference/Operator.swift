package import Estimators
package import Tensors

/// One step of a plan: a fitted estimator's arithmetic, validated, immutable and shared by all threads.
///
/// Rows are independent of each other in every operator, so a plan may split a batch anywhere.
package protocol Operator: Sendable {
    /// The number of columns it takes.
    var inputCount: Int { get }

    /// What it can answer when it is a plan's last step, ``PredictionMethod/predict`` first where it has it.
    var methods: [PredictionMethod] { get }

    /// Roughly how many steps of about a nanosecond a row takes, from which a plan sees whether splitting a batch is
    /// worth it.
    var stepsPerRow: Int { get }

    /// Answers for rows of ``inputCount`` columns.
    ///
    /// - Throws: ``InferenceError`` for values the estimator does not accept, in scikit-learn's words.
    func evaluate(_ method: PredictionMethod, on rows: Matrix<Double>) throws(InferenceError) -> Answer
}

extension Operator {
    /// A few operations a column.
    package var stepsPerRow: Int { inputCount }
}

/// An operator that can stand before others in a pipeline.
package protocol TransformOperator: Operator {
    /// The number of columns it makes.
    var outputCount: Int { get }

    /// The rows in the other space: ``outputCount`` columns.
    func transform(_ rows: consuming Matrix<Double>) throws(InferenceError) -> Matrix<Double>
}

extension TransformOperator {
    package var methods: [PredictionMethod] { [.transform] }

    package func evaluate(_ method: PredictionMethod, on rows: Matrix<Double>) throws(InferenceError) -> Answer {
        guard method == .transform else { throw .unsupported(method, by: Self.self) }
        return .array(Output(try transform(rows)))
    }
}

/// An estimator that knows its operator; every type in ``EstimatorRegistry/types`` conforms, and a test holds that.
package protocol PlannedEstimator: Estimator {
    /// Validates the fitted state and lays it out for speed.
    ///
    /// - Throws: ``InferenceError`` with ``InferenceError/Code/invalidModel`` if the state contradicts itself.
    func makeOperator() throws(InferenceError) -> any Operator
}

extension InferenceError {
    /// The model's last step has no such method.
    static func unsupported(_ method: PredictionMethod, by type: Any.Type) -> InferenceError {
        InferenceError(.unsupportedMethod, "this model has no \(method.rawValue)")
    }
}
