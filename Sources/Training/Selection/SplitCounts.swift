/// How many rows each part of a split takes.
///
/// Source: scikit-learn `model_selection/_split.py`, `_validate_shuffle_split`.
struct SplitCounts {
    let train: Int
    let test: Int

    init(
        rowCount: Int, test: TrainTestSplit.Size?, train: TrainTestSplit.Size?
    ) throws(TrainingError) {
        let test = test ?? (train == nil ? .share(0.25) : nil)
        try test?.check(name: "test_size", rowCount: rowCount)
        try train?.check(name: "train_size", rowCount: rowCount)
        if case .share(let testShare) = test, case .share(let trainShare) = train, trainShare + testShare > 1 {
            throw TrainingError(
                .invalidSetting,
                "The sum of test_size and train_size = \(trainShare + testShare), should be in the (0, 1) range. "
                    + "Reduce test_size and/or train_size.")
        }
        let testCount = test?.rowCount(of: rowCount, rounding: .up)
        let trainCount = train?.rowCount(of: rowCount, rounding: .down)
        self.test = testCount ?? rowCount - (trainCount ?? 0)
        self.train = trainCount ?? rowCount - self.test
        guard self.train + self.test <= rowCount else {
            throw TrainingError(
                .invalidSetting,
                "The sum of train_size and test_size = \(self.train + self.test), should be smaller than the number of "
                    + "samples \(rowCount). Reduce test_size and/or train_size.")
        }
        guard self.train > 0 else {
            throw TrainingError(
                .invalidSetting,
                "With n_samples=\(rowCount), test_size=\(Self.text(test)) and train_size=\(Self.text(train)), the "
                    + "resulting train set will be empty. Adjust any of the aforementioned parameters.")
        }
    }

    private static func text(_ size: TrainTestSplit.Size?) -> String { size?.text ?? "None" }
}

extension TrainTestSplit.Size {
    /// Refuses a size that leaves a part without rows.
    fileprivate func check(name: String, rowCount: Int) throws(TrainingError) {
        let isValid =
            switch self {
            case .share(let share): share > 0 && share < 1
            case .count(let count): count > 0 && count < rowCount
            }
        guard isValid else {
            throw TrainingError(
                .invalidSetting,
                "\(name)=\(text) should be either positive and smaller than the number of samples \(rowCount) or a "
                    + "float in the (0, 1) range")
        }
    }

    fileprivate func rowCount(of total: Int, rounding: FloatingPointRoundingRule) -> Int {
        switch self {
        case .share(let share): Int((share * Double(total)).rounded(rounding))
        case .count(let count): count
        }
    }

    fileprivate var text: String {
        switch self {
        case .share(let share): "\(share)"
        case .count(let count): "\(count)"
        }
    }
}
