import Kernels
import Tensors

extension Matrix<Double> {
    /// The natural logarithm of each element: `predict_log_proba` from `predict_proba`.
    consuming func logarithms() -> Matrix {
        withMutableSpan { takeLogarithms(&$0) }
        return self
    }
}
