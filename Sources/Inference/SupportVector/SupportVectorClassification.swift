package import Estimators
import Kernels
import Tensors

/// A machine for each pair of classes: votes, decision values, and probabilities coupled from those of the pairs.
///
/// Sources: libsvm `svm.cpp`, `svm_predict_values` and `svm_predict_probability`; scikit-learn `svm/_base.py`,
/// `BaseSVC`, and `utils/multiclass.py`, `_ovr_decision_function`.
struct SupportVectorClassification: Operator {
    var inputCount: Int { machine.inputCount }
    var stepsPerRow: Int { machine.stepsPerRow }
    let methods: [PredictionMethod]
    private let machine: SupportVectorMachine
    private let classes: ClassLabels
    private let pairs: [ClassPair]
    private let decisionShape: SVC.DecisionShape
    private let breaksTies: Bool

    init(_ classifier: SVC) throws(InferenceError) {
        let fit = classifier.fit
        classes = classifier.classes
        guard classes.count > 1 else { throw fit.invalid("classes_ has \(classes.count) elements") }
        try fit.require("the number of elements of _n_support", classifier.supportCounts.count, is: classes.count)
        machine = try SupportVectorMachine(
            classifier.support,
            fit: fit,
            weightRowCount: classes.count - 1,
            sumCount: classes.count * (classes.count - 1) / 2
        )
        pairs = try ClassPair.all(of: classifier, vectorCount: machine.vectorCount)
        decisionShape = classifier.decisionShape
        breaksTies = classifier.breaksTies
        if breaksTies, decisionShape == .oneAgainstOne {
            throw fit.invalid("break_ties must be False when decision_function_shape is 'ovo'")
        }
        methods =
            classifier.sigmoids == nil
            ? [.predict, .decisionFunction] : [.predict, .predictProba, .predictLogProba, .decisionFunction]
    }

    func evaluate(
        _ method: PredictionMethod,
        on rows: Matrix<Double>
    ) throws(InferenceError) -> Answer {
        let decisions = try decisions(rows)
        switch method {
        case .predict: return .array(classes.output(predicted(decisions)))
        case .decisionFunction: return .array(decisionFunction(decisions))
        case .predictProba: return .array(Output(probabilities(decisions)))
        case .predictLogProba: return .array(Output(probabilities(decisions).logarithms()))
        default: throw .unsupported(method, by: Self.self)
        }
    }

    /// libsvm's decision value of each pair of classes: positive for the first of the two.
    private func decisions(_ rows: Matrix<Double>) throws(InferenceError) -> Matrix<Double> {
        var decisions = [Double](repeating: 0, count: rows.rowCount * pairs.count)
        try machine.forEachRow(rows) { row, kernelValues in
            for (index, pair) in pairs.enumerated() {
                decisions[row * pairs.count + index] =
                    pair.sum(of: kernelValues, weights: machine.dualCoefficients) + machine.intercept[index]
            }
        }
        return Matrix(rowCount: rows.rowCount, columnCount: pairs.count, elements: decisions)
    }
}

// MARK: - Classes

extension SupportVectorClassification {
    /// The class of each row: the one with most votes, the first one of several; or that of the greatest decision.
    private func predicted(_ decisions: Matrix<Double>) -> [Int] {
        if breaksTies, classes.count > 2 {
            return greatestIndices(oneAgainstRest(decisions).span, columnCount: classes.count)
        }
        return greatestIndices(votes(decisions).span, columnCount: classes.count)
    }

    /// How many pairs each class wins: an element per row and class.
    private func votes(_ decisions: Matrix<Double>) -> [Double] {
        var votes = [Double](repeating: 0, count: decisions.rowCount * classes.count)
        for row in 0..<decisions.rowCount {
            for (index, pair) in pairs.enumerated() {
                let winner = decisions[row, index] > 0 ? pair.first : pair.second
                votes[row * classes.count + winner] += 1
            }
        }
        return votes
    }
}

// MARK: - Decision function

extension SupportVectorClassification {
    /// Positive for the second of two classes; otherwise a value per pair or per class.
    private func decisionFunction(_ decisions: Matrix<Double>) -> Output {
        if classes.count == 2 { return Output(decisions.elements.map { -$0 }) }
        switch decisionShape {
        case .oneAgainstOne: return Output(decisions)
        case .oneAgainstRest:
            return Output(
                Matrix(
                    rowCount: decisions.rowCount,
                    columnCount: classes.count,
                    elements: oneAgainstRest(decisions)
                )
            )
        }
    }

    /// Votes, plus the sum of the decisions for each class squeezed into -1/3...1/3, which breaks ties.
    private func oneAgainstRest(_ decisions: Matrix<Double>) -> [Double] {
        let classCount = classes.count
        var votes = [Double](repeating: 0, count: decisions.rowCount * classCount)
        var confidences = votes
        for row in 0..<decisions.rowCount {
            for (index, pair) in pairs.enumerated() {
                let decision = decisions[row, index]
                confidences[row * classCount + pair.first] += decision
                confidences[row * classCount + pair.second] -= decision
                // Unlike libsvm's votes, a decision of 0 counts for the first class.
                votes[row * classCount + (decision < 0 ? pair.second : pair.first)] += 1
            }
        }
        for index in votes.indices {
            let confidence = confidences[index]
            votes[index] += confidence / (3 * (abs(confidence) + 1))
        }
        return votes
    }
}

// MARK: - Probabilities

extension SupportVectorClassification {
    private func probabilities(_ decisions: Matrix<Double>) -> Matrix<Double> {
        let classCount = classes.count
        var elements = [Double](repeating: 0, count: decisions.rowCount * classCount)
        var pairwise = [Double](repeating: 0, count: classCount * classCount)
        var coupled = [Double](repeating: 0, count: classCount)
        var coupling = PairwiseCoupling(classCount: classCount)
        for row in 0..<decisions.rowCount {
            for (index, pair) in pairs.enumerated() {
                let probability = pair.probability(decision: decisions[row, index])
                pairwise[pair.first * classCount + pair.second] = probability
                pairwise[pair.second * classCount + pair.first] = 1 - probability
            }
            var output = coupled.mutableSpan
            coupling.couple(pairwise.span, into: &output)
            for index in 0..<classCount { elements[row * classCount + index] = coupled[index] }
        }
        return Matrix(rowCount: decisions.rowCount, columnCount: classCount, elements: elements)
    }
}

extension SVC: PlannedEstimator {
    package func makeOperator() throws(InferenceError) -> any Operator { try SupportVectorClassification(self) }
}
