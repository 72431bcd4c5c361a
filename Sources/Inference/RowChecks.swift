import Tensors

/// The checks of scikit-learn's `validate_data` that come before any arithmetic.
struct RowChecks: Sendable {
    /// The class whose name the sentence carries: the first step of a pipeline.
    let className: String
    /// The number of columns expected.
    let featureCount: Int

    /// Refuses rows of another width, and no rows, in scikit-learn's words.
    func check(_ rows: Matrix<Double>) throws(InferenceError) {
        guard rows.rowCount > 0 else {
            throw InferenceError(
                .invalidInput,
                "Found array with 0 sample(s) (shape=(0, \(rows.columnCount))) while a minimum of 1 is required by "
                    + "\(className).")
        }
        guard rows.columnCount > 0 else {
            throw InferenceError(
                .invalidInput,
                "Found array with 0 feature(s) (shape=(\(rows.rowCount), 0)) while a minimum of 1 is required by "
                    + "\(className).")
        }
        guard rows.columnCount == featureCount else {
            throw InferenceError(
                .invalidInput,
                "X has \(rows.columnCount) features, but \(className) is expecting \(featureCount) features as input.")
        }
    }
}
