import Kernels
import Tensors

/// How soon the trees of an isolation forest set rows apart.
///
/// Source: scikit-learn `ensemble/_iforest.py`, `_compute_score_samples`.
struct IsolationScoring: Sendable {
    private let ensemble: TreeEnsemble
    /// The path length, summed over the trees, of a row that is neither normal nor abnormal.
    private let expectedDepth: Double

    /// The trees of a forest, laid out for walking.
    init(trees: [GrownTree], treeFeatures: [[Int]], featureCount: Int, sampleCount: Int)
        throws(TrainingError)
    {
        guard featureCount <= TreeEnsemble.Builder.maximumFeatureCount else {
            throw TrainingError(
                .invalidInput,
                "\(featureCount) columns are more than the \(TreeEnsemble.Builder.maximumFeatureCount) that trees "
                    + "can compare"
            )
        }
        var builder = TreeEnsemble.Builder(
            featureCount: featureCount, outputCount: 1, valueWidth: 1, nodeCounts: trees.map(\.nodeCount))
        for (tree, features) in zip(trees, treeFeatures) {
            do {
                try builder.append(tree.isolationNodes(features))
            } catch {
                throw TrainingError(.invalidInput, "The forest cannot be scored: \(error.message)")
            }
        }
        ensemble = builder.build()
        expectedDepth = Double(trees.count) * averagePathLength(sampleCount)
    }

    /// The scores of rows: the lower, the more abnormal.
    func scores(_ rows: Matrix<Double>, _ execution: FitExecution) throws(TrainingError) -> [Double] {
        let parts = max(1, min(execution.threads, rows.rowCount / Self.fewestRowsInPart))
        return try execution.map(parts) { part in
            partScores(rows, rows.rowCount * part / parts..<rows.rowCount * (part + 1) / parts)
        }.flatMap(\.self)
    }

    /// Fewer rows are not worth another thread.
    private static let fewestRowsInPart = 256

    private func partScores(_ rows: Matrix<Double>, _ range: Range<Int>) -> [Double] {
        let columnCount = rows.columnCount
        let elements = rows.elements.span.extracting(
            range.lowerBound * columnCount..<range.upperBound * columnCount)
        var scores = [Double](repeating: 0, count: range.count)
        var span = scores.mutableSpan
        ensemble.addLeafValues(rows: elements, rowCount: range.count, to: &span)
        isolationScores(&span, expectedDepth: expectedDepth)
        return scores
    }
}

extension GrownTree {
    /// Per node, the number of nodes on the way to it, itself and the root included (`compute_node_depths`).
    package var nodeDepths: [Double] {
        var depths = [Double](repeating: 1, count: nodeCount)
        for node in 0..<nodeCount where leftChild[node] >= 0 {
            depths[Int(leftChild[node])] = depths[node] + 1
            depths[Int(rightChild[node])] = depths[node] + 1
        }
        return depths
    }

    /// Per node, the average length of the path that its rows would still have before them.
    package var averagePathLengths: [Double] { sampleCount.map { averagePathLength(Int($0)) } }

    /// The nodes over the columns of all rows, each holding the path length of a row that ends there.
    fileprivate func isolationNodes(_ features: [Int]) -> DecisionNodes {
        DecisionNodes(
            leftChild: leftChild,
            rightChild: rightChild,
            feature: feature.map { $0 < 0 ? $0 : Int32(features[Int($0)]) },
            threshold: threshold,
            missingGoesLeft: missingGoesLeft,
            sampleCount: sampleCount,
            values: zip(nodeDepths, averagePathLengths).map { ($0 + $1) - 1 },
            valueWidth: 1
        )
    }
}
