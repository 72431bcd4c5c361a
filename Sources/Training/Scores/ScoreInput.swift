/// What every score asks of its input.
enum ScoreInput {
    /// Refuses no rows, and numbers of rows that differ, in scikit-learn's words.
    static func check(rowCount: Int, predictedCount: Int) throws(TrainingError) {
        guard rowCount == predictedCount else {
            throw TrainingError(
                .invalidInput,
                "Found input variables with inconsistent numbers of samples: [\(rowCount), \(predictedCount)]")
        }
        guard rowCount > 0 else {
            throw TrainingError(
                .invalidInput, "Found array with 0 sample(s) (shape=(0,)) while a minimum of 1 is required.")
        }
    }

    /// Refuses NaN and infinity.
    static func check(_ numbers: [Double], name: String) throws(TrainingError) {
        guard numbers.allSatisfy(\.isFinite) else {
            throw TrainingError(.invalidInput, "Input \(name) contains NaN or infinity.")
        }
    }
}
