import Kernels
import Tensors

/// What the trees of a forest learn to answer.
enum ForestTargets: Sendable {
    case numbers(NumberTargets)
    case classes(ClassTargets)

    /// Per target the number of classes; 1 for numbers.
    var classCounts: [Int] {
        switch self {
        case .numbers(let numbers): [Int](repeating: 1, count: numbers.targetCount)
        case .classes(let classes): classes.classCounts
        }
    }

    /// How many terms a row has in histograms: one a target, or a class of any.
    var termCount: Int {
        switch self {
        case .numbers(let numbers): numbers.targetCount
        case .classes(let classes): classes.classCounts.count * (classes.classCounts.max() ?? 1)
        }
    }

    /// What no target is greater than, in absolute value.
    var largest: Double {
        switch self {
        case .numbers(let numbers): numbers.largest
        case .classes: 1
        }
    }

    /// Refuses what histograms are not made of.
    func checkForHistograms() throws(TrainingError) {
        if case .classes(let classes) = self, classes.impurity == .entropy {
            throw TrainingError(
                .invalidSetting, "The histogram splitter knows the criterion 'gini' alone: use the exact one.")
        }
        guard termCount <= NodeTerms.maximumTermCount else {
            throw TrainingError(
                .invalidInput,
                "Found \(termCount) targets or classes, and the histogram splitter takes at most "
                    + "\(NodeTerms.maximumTermCount): use the exact one.")
        }
    }
}

/// Numbers: one a row and target.
struct NumberTargets: Sendable {
    let targetCount: Int
    let numbers: [Double]
    /// The largest of them in absolute value.
    let largest: Double

    init(_ targets: Matrix<Double>) {
        targetCount = targets.columnCount
        numbers = targets.elements
        largest = numbers.reduce(0) { max($0, abs($1)) }
    }

    /// The numbers of some rows, in the order given.
    func taking(_ rows: [Int32]) -> [Double] {
        rows.flatMap { numbers[Int($0) * targetCount..<(Int($0) + 1) * targetCount] }
    }
}

/// Classes: one a row and target, as indices of labels.
struct ClassTargets: Sendable {
    /// Per target, the number of classes.
    let classCounts: [Int]
    /// Per row and target, its class.
    let classes: [Int32]
    let impurity: ClassImpurity
    /// Whether the classes of each tree's rows are given equal weights.
    let isBalancingSubsamples: Bool

    var rowCount: Int { classes.count / classCounts.count }

    /// Sums for some rows, in the order given.
    func sums(of rows: [Int32], weights: [Double]) -> ClassSums {
        ClassSums(classes: taking(rows), classCounts: classCounts, weights: weights, impurity: impurity)
    }

    /// The classes of some rows, in the order given.
    private func taking(_ rows: [Int32]) -> [Int32] {
        let targetCount = classCounts.count
        return rows.flatMap { classes[Int($0) * targetCount..<(Int($0) + 1) * targetCount] }
    }

    /// Weights that give the classes of a target the same weight each among some rows; those of targets multiplied.
    ///
    /// Source: scikit-learn `utils/class_weight.py`, `compute_sample_weight` with `balanced`.
    ///
    /// - Parameter rows: the rows that are counted, with repetitions; those of classes not among them weigh nothing.
    /// - Returns: a weight for each row of the fit.
    func balancedWeights(of rows: some Collection<Int>) -> [Double] {
        let targetCount = classCounts.count
        var weights = [Double](repeating: 1, count: rowCount)
        for target in 0..<targetCount {
            var counts = [Double](repeating: 0, count: classCounts[target])
            for row in rows { counts[Int(classes[row * targetCount + target])] += 1 }
            let presentCount = Double(counts.count { $0 > 0 })
            let classWeights = counts.map { $0 > 0 ? Double(rows.count) / (presentCount * $0) : 0 }
            for row in weights.indices {
                weights[row] *= classWeights[Int(classes[row * targetCount + target])]
            }
        }
        return weights
    }
}
