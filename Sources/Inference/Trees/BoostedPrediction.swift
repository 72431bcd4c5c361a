package import Estimators
import Kernels
import Tensors

/// Trees' answers added, stage by stage, to an initial one.
struct BoostedPrediction: Operator {
    var inputCount: Int { ensemble.featureCount }
    let methods: [PredictionMethod]
    var stepsPerRow: Int { ensemble.stepsPerRow }
    private let ensemble: TreeEnsemble
    private let initial: BoostingStart
    private let target: GradientBoosting.Target
    /// Before 1.4, labels were chosen by probabilities.
    private let choosesByProbability: Bool

    init(_ model: GradientBoosting) throws(InferenceError) {
        target = model.target
        let sumCount = target.sumCount
        let trees = model.stages.flatMap(\.self)
        var builder = TreeEnsemble.Builder(
            featureCount: try model.fit.columnCount(of: trees),
            outputCount: sumCount,
            valueWidth: 1,
            nodeCounts: trees.map(\.nodeCount)
        )
        for (index, tree) in trees.enumerated() {
            guard tree.classCounts == [1] else { throw model.fit.invalid("estimators_[\(index)] is not of one output") }
            try builder.append(
                tree,
                values: tree.values.map { model.learningRate * $0 },
                width: 1,
                column: index % sumCount,
                index: index,
                fit: model.fit
            )
        }
        ensemble = builder.build()
        initial = try BoostingStart(model, columnCount: ensemble.featureCount)
        choosesByProbability = model.fit.version.map { !$0.isAtLeast(1, 4) } ?? false
        if case .value = target {
            methods = [.predict]
        } else {
            methods = [.predict, .predictProba, .predictLogProba, .decisionFunction]
        }
    }

    func evaluate(_ method: PredictionMethod, on rows: Matrix<Double>) throws(InferenceError) -> Answer {
        try FiniteCheck.finite.check(rows, as: .float32)
        var sums = try initial.sums(rows)
        var span = sums.mutableSpan
        ensemble.addLeafValues(rows: rows.elements.span, rowCount: rows.rowCount, to: &span)
        switch method {
        case .predict:
            guard let classes = target.classes else { return .array(Output(sums)) }
            return .array(classes.output(chosen(sums)))
        case .decisionFunction:
            let shape = target.sumCount == 1 ? [rows.rowCount] : [rows.rowCount, target.sumCount]
            return .array(Output(shape: shape, values: .float64(sums)))
        case .predictProba: return .array(Output(probabilities(sums)))
        case .predictLogProba: return .array(Output(probabilities(sums).logarithms()))
        default: throw .unsupported(method, by: Self.self)
        }
    }

    private func chosen(_ sums: [Double]) -> [Int] {
        let isExponential = if case .binary(_, isExponential: true) = target { true } else { false }
        if choosesByProbability && !isExponential {
            let probabilities = probabilities(sums)
            return greatestIndices(probabilities.elements.span, columnCount: probabilities.columnCount)
        }
        if target.sumCount == 1 { return sums.map { $0 >= 0 ? 1 : 0 } }
        return greatestIndices(sums.span, columnCount: target.sumCount)
    }

    private func probabilities(_ sums: consuming [Double]) -> Matrix<Double> {
        switch target {
        case .value, .binary(_, isExponential: false): break
        case .binary(_, isExponential: true): for index in sums.indices { sums[index] *= 2 }
        case .multiclass(let classes):
            var span = sums.mutableSpan
            softmax(&span, classCount: classes.count)
            return Matrix(rowCount: sums.count / classes.count, columnCount: classes.count, elements: sums)
        }
        var pairs = [Double](repeating: 0, count: sums.count * 2)
        var span = pairs.mutableSpan
        logisticPairs(sums.span, into: &span)
        return Matrix(rowCount: sums.count, columnCount: 2, elements: pairs)
    }
}

extension GradientBoosting.Target {
    /// The labels, of a classifier.
    fileprivate var classes: ClassLabels? {
        switch self {
        case .value: nil
        case .binary(let classes, _), .multiclass(let classes): classes
        }
    }
}

extension GradientBoosting: PlannedEstimator {
    package func makeOperator() throws(InferenceError) -> any Operator { try BoostedPrediction(self) }
}
