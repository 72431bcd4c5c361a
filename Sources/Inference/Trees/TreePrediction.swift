package import Estimators
import Kernels
import Tensors

/// What one decision tree says.
struct TreePrediction: Operator {
    var inputCount: Int { ensemble.featureCount }
    var methods: [PredictionMethod] { answers.methods }
    var stepsPerRow: Int { ensemble.stepsPerRow }
    private let ensemble: TreeEnsemble
    private let frequencies: ClassFrequencies
    private let answers: TreeAnswers
    private let check: FiniteCheck

    init(_ model: DecisionTree) throws(InferenceError) {
        answers = TreeAnswers(model.task)
        frequencies = ClassFrequencies(model.task, model.fit.version)
        check = model.acceptsMissing ? .finiteOrNaN : .finite
        var builder = TreeEnsemble.Builder(
            featureCount: try model.fit.columnCount(of: [model.tree]),
            outputCount: answers.width,
            valueWidth: answers.width,
            nodeCounts: [model.tree.nodeCount]
        )
        try builder.append(
            model.tree,
            values: frequencies.stored(in: model.tree),
            width: answers.width,
            index: 0,
            fit: model.fit
        )
        ensemble = builder.build()
    }

    func evaluate(_ method: PredictionMethod, on rows: Matrix<Double>) throws(InferenceError) -> Answer {
        try check.check(rows, as: .float32)
        let numbers = ensemble.sums(rows)
        // Labels are chosen by the numbers as stored.
        return try answers.answer(method, method == .predict ? numbers : frequencies.normalize(numbers))
    }
}

/// The average of what the trees of a forest say.
struct ForestPrediction: Operator {
    var inputCount: Int { ensemble.featureCount }
    var methods: [PredictionMethod] { answers.methods }
    var stepsPerRow: Int { ensemble.stepsPerRow }
    private let ensemble: TreeEnsemble
    private let answers: TreeAnswers
    private let check: FiniteCheck

    init(_ forest: Forest) throws(InferenceError) {
        answers = TreeAnswers(forest.task)
        check = forest.acceptsMissing ? .finiteOrNaN : .finite
        let trees = forest.trees.map(\.tree)
        var builder = TreeEnsemble.Builder(
            featureCount: try forest.fit.columnCount(of: trees),
            outputCount: answers.width,
            valueWidth: answers.width,
            nodeCounts: trees.map(\.nodeCount)
        )
        for (index, member) in forest.trees.enumerated() {
            let frequencies = ClassFrequencies(forest.task, member.fit.version)
            try builder.append(
                member.tree,
                values: frequencies.normalize(frequencies.stored(in: member.tree)),
                width: answers.width,
                index: index,
                fit: forest.fit
            )
        }
        ensemble = builder.build()
    }

    func evaluate(_ method: PredictionMethod, on rows: Matrix<Double>) throws(InferenceError) -> Answer {
        try check.check(rows, as: .float32)
        var sums = ensemble.sums(rows)
        let treeCount = Double(ensemble.treeCount)
        for index in sums.indices { sums[index] /= treeCount }
        return try answers.answer(method, sums)
    }
}

extension TreeEnsemble {
    /// The sums of each row, starting from zero.
    func sums(_ rows: Matrix<Double>) -> [Double] {
        var sums = [Double](repeating: 0, count: rows.rowCount * outputCount)
        var span = sums.mutableSpan
        addLeafValues(rows: rows.elements.span, rowCount: rows.rowCount, to: &span)
        return sums
    }
}

extension DecisionTree: PlannedEstimator {
    package func makeOperator() throws(InferenceError) -> any Operator { try TreePrediction(self) }
}

extension Forest: PlannedEstimator {
    package func makeOperator() throws(InferenceError) -> any Operator { try ForestPrediction(self) }
}
