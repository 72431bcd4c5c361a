import Kernels
import Tensors

/// The checks that scikit-learn makes of rows and targets before it grows trees, in its words.
///
/// Source: scikit-learn `utils/validation.py`.
enum FitChecks {
    /// Refuses rows without columns, and no rows.
    static func checkShape(_ rows: Matrix<Double>, _ className: String) throws(TrainingError) {
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
        // Trees number rows, columns and nodes by 32 bits.
        guard rows.rowCount < Int32.max / 2, rows.columnCount < Int32.max else {
            throw TrainingError(
                .invalidInput, "Found \(rows.rowCount) samples, more than trees can number.")
        }
    }

    /// Refuses targets that are not as many as rows.
    static func checkLengths(_ rowCount: Int, _ targetCount: Int) throws(TrainingError) {
        guard rowCount == targetCount else {
            throw TrainingError(
                .invalidInput,
                "Found input variables with inconsistent numbers of samples: [\(rowCount), \(targetCount)]")
        }
    }

    /// Refuses targets that are NaN or infinite.
    static func checkTargets(_ targets: Span<Double>) throws(TrainingError) {
        if areFinite(targets) { return }
        for index in targets.indices where targets[index].isNaN {
            throw TrainingError(.invalidInput, "Input y contains NaN.")
        }
        throw TrainingError(
            .invalidInput, "Input y contains infinity or a value too large for dtype('float64').")
    }

    /// Refuses values that are infinite as `Float`; NaN is a missing value.
    static func checkRange(_ rows: Matrix<Double>) throws(TrainingError) {
        if areFiniteAsFloat(rows.elements.span) { return }
        if rows.elements.contains(where: { Float($0).isInfinite }) {
            throw TrainingError(
                .invalidInput, "Input X contains infinity or a value too large for dtype('float32').")
        }
    }
}
