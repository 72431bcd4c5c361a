import Estimators
import Kernels

/// Two classes of a support vector classifier, and where their machine's vectors and weights lie.
struct ClassPair: Sendable {
    /// The class that a positive decision stands for.
    let first: Int
    /// The other class.
    let second: Int
    private let firstVectors: Range<Int>
    private let secondVectors: Range<Int>
    /// From a vector's index to the index of its weight in this pair.
    private let firstWeights: Int
    private let secondWeights: Int
    private let slope: Double
    private let offset: Double

    /// All pairs, in libsvm's order.
    ///
    /// The weights of the vectors of class `i` against class `j > i` are in row `j - 1`, those of class `j` in row `i`.
    static func all(of classifier: SVC, vectorCount: Int) throws(InferenceError) -> [ClassPair] {
        let ranges = try vectorRanges(of: classifier, vectorCount: vectorCount)
        let pairCount = ranges.count * (ranges.count - 1) / 2
        if let sigmoids = classifier.sigmoids {
            try classifier.fit.require("the number of elements of _probA", sigmoids.slopes.count, is: pairCount)
            try classifier.fit.require("the number of elements of _probB", sigmoids.offsets.count, is: pairCount)
        }
        var pairs: [ClassPair] = []
        for first in ranges.indices {
            for second in ranges.indices where second > first {
                pairs.append(
                    ClassPair(
                        first: first,
                        second: second,
                        firstVectors: ranges[first],
                        secondVectors: ranges[second],
                        firstWeights: (second - 1) * vectorCount,
                        secondWeights: first * vectorCount,
                        slope: classifier.sigmoids?.slopes[pairs.count] ?? 0,
                        offset: classifier.sigmoids?.offsets[pairs.count] ?? 0
                    )
                )
            }
        }
        return pairs
    }

    /// Where the vectors of each class lie.
    private static func vectorRanges(of classifier: SVC, vectorCount: Int) throws(InferenceError) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var start = 0
        for (index, count) in classifier.supportCounts.enumerated() {
            guard count >= 0, count <= vectorCount - start else {
                throw classifier.fit.invalid("_n_support[\(index)] is \(count), of \(vectorCount) vectors in all")
            }
            ranges.append(start..<start + count)
            start += count
        }
        try classifier.fit.require("the sum of _n_support", start, is: vectorCount)
        return ranges
    }

    /// The weighted sum of the kernel's values, in the order of the vectors.
    func sum(of kernelValues: [Double], weights: [Double]) -> Double {
        var sum = 0.0
        for index in firstVectors { sum += weights[firstWeights + index] * kernelValues[index] }
        for index in secondVectors { sum += weights[secondWeights + index] * kernelValues[index] }
        return sum
    }

    /// The probability of the first class, kept away from 0 and 1 as libsvm does.
    func probability(decision: Double) -> Double {
        min(max(plattProbability(decision: decision, slope: slope, offset: offset), 1e-7), 1 - 1e-7)
    }
}
