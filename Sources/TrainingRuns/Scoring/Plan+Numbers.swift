import Inference
import Tensors

extension Plan {
    /// What a model answers for rows, as finite numbers, row after row.
    ///
    /// - Throws: ``RunError`` with ``RunError/Code/unusableModel`` if it does not, or answers something else.
    func numbers(_ method: PredictionMethod, _ rows: Matrix<Double>) throws(RunError) -> [Double] {
        let answer: Answer
        do throws(InferenceError) { answer = try evaluate(method, on: rows) } catch {
            throw RunError(.unusableModel, "the model does not answer \(method.rawValue): \(error)")
        }
        guard case .array(let output) = answer, case .float64(let numbers) = output.values,
            numbers.allSatisfy(\.isFinite)
        else { throw RunError(.unusableModel, "the model's \(method.rawValue) are not all finite numbers") }
        return numbers
    }
}
