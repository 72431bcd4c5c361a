/// Which rows of a table a model is trained on, and which it is tested on.
///
/// The same seed gives the rows of scikit-learn 1.9's `train_test_split`, in the same order. Source:
/// `model_selection/_split.py`, `ShuffleSplit` and `_validate_shuffle_split`.
public struct TrainTestSplit: Hashable, Sendable {
    /// How many rows a part takes.
    public enum Size: Hashable, Sendable {
        /// A share of all rows, above 0 and below 1.
        case share(Double)
        /// A number of rows, above 0 and below that of all rows.
        case count(Int)
    }

    /// The indices of the rows to train on.
    public let train: [Int]
    /// The indices of the rows to test on.
    public let test: [Int]

    init(train: [Int], test: [Int]) {
        self.train = train
        self.test = test
    }

    /// The first rows to train on, the rows after them to test on: for rows in order of time, whose future must not be
    /// trained on.
    ///
    /// - Parameters:
    ///   - test: the rows to test on, a share being rounded up; a quarter if neither part's size is given.
    ///   - train: the rows to train on, a share being rounded down; what the test leaves if not given.
    /// - Throws: ``TrainingError`` if a size is out of its range, or nothing would be left to train on.
    public static func inOrder(
        rowCount: Int, test: Size? = nil, train: Size? = nil
    ) throws(TrainingError) -> TrainTestSplit {
        let counts = try SplitCounts(rowCount: rowCount, test: test, train: train)
        return TrainTestSplit(
            train: Array(0..<counts.train), test: Array(counts.train..<counts.train + counts.test))
    }

    /// Rows drawn at random for each part.
    ///
    /// - Parameters:
    ///   - test: the rows to test on, as of ``inOrder(rowCount:test:train:)``.
    ///   - train: the rows to train on, likewise.
    ///   - seed: `random_state`.
    /// - Throws: ``TrainingError`` if a size is out of its range, or nothing would be left to train on.
    public static func shuffled(
        rowCount: Int, test: Size? = nil, train: Size? = nil, seed: UInt32
    ) throws(TrainingError) -> TrainTestSplit {
        let counts = try SplitCounts(rowCount: rowCount, test: test, train: train)
        var random = RandomState(seed: seed)
        let order = random.permutation(rowCount)
        return TrainTestSplit(
            train: Array(order[counts.test..<counts.test + counts.train]), test: Array(order[..<counts.test]))
    }
}
