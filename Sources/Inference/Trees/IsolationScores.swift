package import Estimators
import Kernels
import Tensors

/// How soon random splits set rows apart, and whether that is too soon.
struct IsolationScores: Operator {
    var inputCount: Int { ensemble.featureCount }
    let methods: [PredictionMethod] = [.predict, .decisionFunction, .scoreSamples]
    var stepsPerRow: Int { ensemble.stepsPerRow }
    private let ensemble: TreeEnsemble
    private let offset: Double
    /// The path length, summed over the trees, of a row that is neither normal nor abnormal.
    private let expectedDepth: Double
    private let checks: [FiniteCheck.ElementType]
    /// The columns that some tree is given, if they are not all; before 1.3 only those were checked as they were cast.
    private let castColumns: [Int]?

    init(_ forest: IsolationForest) throws(InferenceError) {
        let fit = forest.fit
        let features = forest.treeFeatures
        let trees = forest.trees.map(\.tree)
        let columnCount = features == nil ? try fit.columnCount(of: trees) : try fit.columnCount(of: [])
        try fit.require(
            "the length of estimators_features_",
            features?.count ?? trees.count,
            is: trees.count
        )
        var builder = TreeEnsemble.Builder(
            featureCount: columnCount,
            outputCount: 1,
            valueWidth: 1,
            nodeCounts: trees.map(\.nodeCount)
        )
        for (index, tree) in trees.enumerated() {
            try builder.append(
                tree,
                values: try forest.pathLengths(ofTree: index),
                width: 1,
                features: features?[index],
                index: index,
                fit: fit
            )
        }
        ensemble = builder.build()
        offset = forest.offset
        expectedDepth = Double(trees.count) * averagePathLength(forest.sampleCount)
        checks = Self.checks(fit.version)
        let seen = features.map { Set($0.joined()).sorted() }
        guard seen?.allSatisfy({ $0 >= 0 && $0 < columnCount }) ?? true else {
            throw fit.invalid("estimators_features_ names columns that are not there")
        }
        castColumns = checks.contains(.float64) ? seen : nil
    }

    /// What is refused by which version: since 1.6 nothing; before 1.3 rows were checked before they were cast, too.
    private static func checks(_ version: ScikitLearnVersion?) -> [FiniteCheck.ElementType] {
        guard let version, !version.isAtLeast(1, 6) else { return [] }
        return version.isAtLeast(1, 3) ? [.float32] : [.float64, .float32]
    }

    func evaluate(_ method: PredictionMethod, on rows: Matrix<Double>) throws(InferenceError) -> Answer {
        for type in checks {
            let checked = type == .float32 ? castColumns.map(rows.columns) ?? rows : rows
            try FiniteCheck.finite.check(checked, as: type)
        }
        var scores = ensemble.sums(rows)
        var span = scores.mutableSpan
        isolationScores(&span, expectedDepth: expectedDepth)
        if method == .scoreSamples { return .array(Output(scores)) }
        for index in scores.indices { scores[index] -= offset }
        switch method {
        case .decisionFunction: return .array(Output(scores))
        case .predict: return .array(Output(shape: [scores.count], values: .int64(scores.map { $0 < 0 ? -1 : 1 })))
        default: throw .unsupported(method, by: Self.self)
        }
    }
}

extension Matrix<Double> {
    /// Some columns, each of which must be one of the matrix's.
    fileprivate func columns(_ indices: [Int]) -> Matrix {
        Matrix(
            rowCount: rowCount, columnCount: indices.count,
            elements: (0..<rowCount).flatMap { row in indices.map { self[row, $0] } })
    }
}

extension IsolationForest {
    /// Per node of a tree, the path length that a row ending there has: its depth, and what would be left to go.
    fileprivate func pathLengths(ofTree index: Int) throws(InferenceError) -> [Double] {
        let tree = trees[index].tree
        let lengths: PathLengths
        if let stored = pathLengths {
            try fit.require("the length of _decision_path_lengths", stored.count, is: trees.count)
            lengths = stored[index]
        } else {
            lengths = PathLengths(
                depth: tree.depths().map(Double.init), average: tree.sampleCount.map { averagePathLength(Int($0)) })
        }
        guard lengths.depth.count == tree.nodeCount, lengths.average.count == tree.nodeCount else {
            throw fit.invalid("_decision_path_lengths[\(index)] is not as long as the tree")
        }
        return zip(lengths.depth, lengths.average).map { ($0 + $1) - 1 }
    }
}

extension IsolationForest: PlannedEstimator {
    package func makeOperator() throws(InferenceError) -> any Operator { try IsolationScores(self) }
}
