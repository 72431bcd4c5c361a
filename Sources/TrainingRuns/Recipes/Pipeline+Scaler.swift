import Estimators
import Inference
import Tensors

extension Pipeline {
    /// A fitted scaler, and what was fitted behind it.
    init(_ scaler: (name: String, estimator: any Estimator), _ last: (name: String, estimator: any Estimator)) {
        let steps = [scaler, last].map { Step(name: $0.name, estimator: $0.estimator) }
        guard let pipeline = Pipeline(steps: steps) else { preconditionFailure("both steps have an estimator") }
        self = pipeline
    }
}

extension Matrix<Double> {
    /// Rows as a fitted scaler makes them, by the code that will answer.
    init(scaling rows: Matrix<Double>, by scaler: any Estimator) throws(RunError) {
        let plan: Plan
        do throws(InferenceError) { plan = try Plan(scaler) } catch { throw RunError(.unusableModel, error.message) }
        let numbers = try plan.numbers(.transform, rows)
        self.init(rowCount: rows.rowCount, columnCount: rows.columnCount, elements: numbers)
    }
}
