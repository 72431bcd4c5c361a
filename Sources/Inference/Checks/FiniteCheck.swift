import Kernels
import Tensors

/// Which values an estimator accepts, as scikit-learn's `check_array` decides by `ensure_all_finite`.
enum FiniteCheck: Sendable {
    /// Neither NaN nor infinity.
    case finite
    /// NaN, but not infinity.
    case finiteOrNaN

    /// The type to which an estimator casts its rows; a value may be too large for it.
    enum ElementType: String, Sendable {
        case float64
        case float32
    }

    /// Refuses what is not accepted, with the first line of scikit-learn's sentence.
    func check(_ rows: borrowing Matrix<Double>, as type: ElementType = .float64) throws(InferenceError) {
        switch type {
        case .float64: if areFinite(rows.elements.span) { return }
        case .float32: if areFiniteAsFloat(rows.elements.span) { return }
        }
        try refuse(rows.elements, type)
    }

    /// The slow path: some value is NaN or infinite.
    @inline(never)
    private func refuse(_ values: [Double], _ type: ElementType) throws(InferenceError) {
        if self == .finite, values.contains(where: \.isNaN) {
            throw InferenceError(.invalidInput, "Input X contains NaN.")
        }
        let isTooLarge: (Double) -> Bool =
            switch type {
            case .float64: \.isInfinite
            case .float32: { Float($0).isInfinite }
            }
        if values.contains(where: isTooLarge) {
            throw InferenceError(
                .invalidInput,
                "Input X contains infinity or a value too large for dtype('\(type.rawValue)')."
            )
        }
    }
}
