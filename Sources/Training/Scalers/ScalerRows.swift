import Kernels
import Tensors

/// The checks that scikit-learn makes of rows before it fits a scaler: NaN may be among them, infinity may not.
enum ScalerRows {
    /// Refuses rows in scikit-learn's words.
    static func check(_ rows: Matrix<Double>, className: String) throws(TrainingError) {
        guard rows.rowCount > 0 else {
            throw TrainingError(
                .invalidInput,
                "Found array with 0 sample(s) (shape=(0, \(rows.columnCount))) while a minimum of 1 is required by "
                    + "\(className).")
        }
        guard rows.columnCount > 0 else {
            throw TrainingError(
                .invalidInput,
                "Found array with 0 feature(s) (shape=(\(rows.rowCount), 0)) while a minimum of 1 is required by "
                    + "\(className).")
        }
        if !areFinite(rows.elements.span), rows.elements.contains(where: \.isInfinite) {
            throw TrainingError(
                .invalidInput, "Input X contains infinity or a value too large for dtype('float64').")
        }
    }

    /// What columns are divided by: 1 in place of a range so small that it is nothing but rounding.
    ///
    /// Source: scikit-learn `preprocessing/_data.py`, `_handle_zeros_in_scale`.
    static func withoutZeros(_ ranges: [Double]) -> [Double] {
        ranges.map { $0 < 10 * Double.ulpOfOne ? 1 : $0 }
    }
}
