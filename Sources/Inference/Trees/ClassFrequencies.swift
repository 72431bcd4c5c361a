import Estimators
import Kernels

/// What the nodes of a tree hold, target after target without the padding to the largest number of classes.
///
/// Until scikit-learn 1.3 nodes held counts (1.3: fractions), and `predict_proba` divided by their sum; since 1.4 it
/// hands out the fractions as they are.
struct ClassFrequencies {
    private let classCounts: [Int]
    private let isNormalized: Bool

    init(_ task: TreeTask, _ version: ScikitLearnVersion?) {
        classCounts = task.classCounts
        if case .classification = task {
            isNormalized = version.map { !$0.isAtLeast(1, 4) } ?? false
        } else {
            isNormalized = false
        }
    }

    /// A tree's numbers as stored, without padding.
    func stored(in tree: Tree) -> [Double] {
        let isPadded = classCounts.contains { $0 != tree.classWidth }
        guard isPadded else { return tree.values }
        return stride(from: 0, to: tree.values.count, by: tree.classWidth * classCounts.count).flatMap { node in
            classCounts.enumerated().flatMap { target, count in
                let start = node + target * tree.classWidth
                return tree.values[start..<start + count]
            }
        }
    }

    /// Divides each target's numbers by their sum, if the version does; numbers that sum to 0 stay.
    func normalize(_ numbers: consuming [Double]) -> [Double] {
        guard isNormalized else { return numbers }
        var start = 0
        while start < numbers.count {
            for count in classCounts {
                let sum = pairwiseSum(numbers.span.extracting(start..<start + count))
                if sum != 0 { for index in start..<start + count { numbers[index] /= sum } }
                start += count
            }
        }
        return numbers
    }
}
