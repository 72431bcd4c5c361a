public import Estimators

extension TrainTestSplit {
    /// Rows drawn at random for each part, so that each part has the classes in the proportions of the whole.
    ///
    /// Source: scikit-learn `model_selection/_split.py`, `StratifiedShuffleSplit`.
    ///
    /// - Parameters:
    ///   - labels: the class of each row.
    ///   - test: the rows to test on, as of ``inOrder(rowCount:test:train:)``.
    ///   - train: the rows to train on, likewise.
    ///   - seed: `random_state`.
    /// - Throws: ``TrainingError`` if a size is out of its range, a class has a single row, or a part has fewer rows
    ///   than there are classes.
    public static func stratified(
        by labels: ClassLabels,
        test: Size? = nil,
        train: Size? = nil,
        seed: UInt32
    ) throws(TrainingError) -> TrainTestSplit {
        let counts = try SplitCounts(rowCount: labels.count, test: test, train: train)
        let encoding = LabelEncoding(labels)
        var rowsByClass = [[Int]](repeating: [], count: encoding.classes.count)
        for (row, code) in encoding.codes.enumerated() { rowsByClass[Int(code)].append(row) }
        try check(rowsByClass, encoding.classes, counts)
        return draw(rowsByClass, counts, seed: seed)
    }

    private static func draw(_ rowsByClass: [[Int]], _ counts: SplitCounts, seed: UInt32) -> TrainTestSplit {
        var random = RandomState(seed: seed)
        let classCounts = rowsByClass.map(\.count)
        let trainCounts = approximateMode(classCounts, drawing: counts.train, &random)
        let left = zip(classCounts, trainCounts).map { $0 - $1 }
        let testCounts = approximateMode(left, drawing: counts.test, &random)
        var (train, test): ([Int], [Int]) = ([], [])
        for (index, rows) in rowsByClass.enumerated() {
            let order = random.permutation(rows.count).map { rows[$0] }
            train += order[..<trainCounts[index]]
            test += order[trainCounts[index]..<trainCounts[index] + testCounts[index]]
        }
        random.shuffle(&train)
        random.shuffle(&test)
        return TrainTestSplit(train: train, test: test)
    }

    private static func check(
        _ rowsByClass: [[Int]],
        _ classes: ClassLabels,
        _ counts: SplitCounts
    ) throws(TrainingError) {
        let single = rowsByClass.indices.filter { rowsByClass[$0].count < 2 }
        guard single.isEmpty else {
            throw TrainingError(
                .invalidInput,
                "The least populated classes in y have only 1 member, which is too few. The minimum number of groups "
                    + "for any class cannot be less than 2. Classes with too few members are: "
                    + classes.take(single).text)
        }
        for (name, count) in [("train_size", counts.train), ("test_size", counts.test)] {
            guard count >= rowsByClass.count else {
                throw TrainingError(
                    .invalidSetting,
                    "The \(name) = \(count) should be greater or equal to the number of classes = "
                        + "\(rowsByClass.count)")
            }
        }
    }

    /// About the most likely numbers of each class among rows that are drawn without replacement.
    ///
    /// Source: scikit-learn `utils/extmath.py`, `_approximate_mode`: each class's share rounded down, then one more for
    /// the greatest remainders, ties being drawn.
    private static func approximateMode(
        _ classCounts: [Int], drawing count: Int, _ random: inout RandomState
    ) -> [Int] {
        let total = Double(classCounts.reduce(0, +))
        let shares = classCounts.map { Double($0) / total * Double(count) }
        var numbers = shares.map { Int($0.rounded(.down)) }
        var missing = count - numbers.reduce(0, +)
        let remainders = zip(shares, numbers).map { $0 - Double($1) }
        for remainder in Set(remainders).sorted(by: >) where missing > 0 {
            let tied = remainders.indices.filter { remainders[$0] == remainder }
            for place in random.choice(of: tied.count, count: min(missing, tied.count)) { numbers[tied[place]] += 1 }
            missing -= min(missing, tied.count)
        }
        return numbers
    }
}

extension ClassLabels.Values {
    /// The labels as a list, for people.
    fileprivate var text: String {
        switch self {
        case .int64(let labels): "\(labels)"
        case .float64(let labels): "\(labels)"
        case .bool(let labels): "\(labels)"
        case .string(let labels): "\(labels)"
        }
    }
}
