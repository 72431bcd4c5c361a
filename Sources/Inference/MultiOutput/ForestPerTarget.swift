import Estimators
import Kernels
import Tensors

/// A forest per target, all trees of which are one ensemble: a row is prepared once, not once a target, and all nodes
/// lie in one piece of memory.
struct ForestPerTarget: Operator {
    var inputCount: Int { ensemble.featureCount }
    let methods: [PredictionMethod] = [.predict]
    var stepsPerRow: Int { ensemble.stepsPerRow }
    private let ensemble: TreeEnsemble
    /// Per target, how many trees its forest has.
    private let treeCounts: [Double]
    private let check: FiniteCheck

    /// Nil unless the estimators are forests that each answer a number for the same rows.
    init?(_ estimators: [any Estimator]) throws(InferenceError) {
        var forests: [Forest] = []
        for case let forest as Forest in estimators where forest.task == .regression(targetCount: 1) {
            forests.append(forest)
        }
        guard let first = forests.first, forests.count == estimators.count,
            forests.allSatisfy({ $0.acceptsMissing == first.acceptsMissing })
        else { return nil }
        let columnCount = try first.columnCount()
        for forest in forests where try forest.columnCount() != columnCount { return nil }
        var builder = TreeEnsemble.Builder(
            featureCount: columnCount,
            outputCount: forests.count,
            valueWidth: 1,
            nodeCounts: forests.flatMap { $0.trees.map(\.tree.nodeCount) }
        )
        for (target, forest) in forests.enumerated() {
            for (index, member) in forest.trees.enumerated() {
                try builder.append(
                    member.tree,
                    values: member.tree.values,
                    width: 1,
                    column: target,
                    index: index,
                    fit: forest.fit
                )
            }
        }
        ensemble = builder.build()
        treeCounts = forests.map { Double($0.trees.count) }
        check = first.acceptsMissing ? .finiteOrNaN : .finite
    }

    func evaluate(_ method: PredictionMethod, on rows: Matrix<Double>) throws(InferenceError) -> Answer {
        guard method == .predict else { throw .unsupported(method, by: Self.self) }
        try check.check(rows, as: .float32)
        var sums = ensemble.sums(rows)
        for index in sums.indices { sums[index] /= treeCounts[index % treeCounts.count] }
        return .array(Output(shape: [rows.rowCount, treeCounts.count], values: .float64(sums)))
    }
}

extension Forest {
    /// The number of columns of a row.
    fileprivate func columnCount() throws(InferenceError) -> Int { try fit.columnCount(of: trees.map(\.tree)) }
}
