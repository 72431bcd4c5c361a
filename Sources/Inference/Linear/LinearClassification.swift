package import Estimators
import Kernels
import Tensors

/// Answers the class of the greatest score, or for two classes whether the score is positive.
struct LinearClassification: Operator {
    var inputCount: Int { scores.inputCount }
    var stepsPerRow: Int { scores.stepsPerRow }
    let methods: [PredictionMethod] = [.predict, .predictProba, .predictLogProba, .decisionFunction]
    private let scores: LinearScores
    private let classes: ClassLabels
    private let link: LogisticRegression.Link

    init(_ classifier: LogisticRegression) throws(InferenceError) {
        scores = try LinearScores(
            fit: classifier.fit,
            coefficients: classifier.coefficients,
            intercept: classifier.intercept
        )
        classes = classifier.classes
        link = classifier.link
        let expected = scores.count == 1 ? 2 : scores.count
        try classifier.fit.require("the number of elements of classes_", classes.count, is: expected)
    }

    /// Whether there is but one score a row, for the second of two classes.
    private var isBinary: Bool { scores.count == 1 }

    func evaluate(
        _ method: PredictionMethod,
        on rows: Matrix<Double>
    ) throws(InferenceError) -> Answer {
        let values = try scores(rows)
        switch method {
        case .predict: return .array(classes.output(predicted(values)))
        case .decisionFunction:
            let shape = isBinary ? [rows.rowCount] : [rows.rowCount, scores.count]
            return .array(Output(shape: shape, values: .float64(values)))
        case .predictProba: return .array(Output(probabilities(values)))
        case .predictLogProba: return .array(Output(probabilities(values).logarithms()))
        default: throw .unsupported(method, by: Self.self)
        }
    }

    private func predicted(_ values: [Double]) -> [Int] {
        isBinary ? values.map { $0 > 0 ? 1 : 0 } : greatestIndices(values.span, columnCount: scores.count)
    }

    private func probabilities(_ values: [Double]) -> Matrix<Double> {
        var probabilities =
            switch (isBinary, link) {
            case (false, _): values
            case (true, .logistic): [Double](repeating: 0, count: values.count * 2)
            case (true, .softmax): values.flatMap { [-$0, $0] }
            }
        var output = probabilities.mutableSpan
        switch (isBinary, link) {
        case (true, .logistic): logisticPairs(values.span, into: &output)
        case (false, .logistic): normalizeLogistics(&output, classCount: classes.count)
        case (_, .softmax): softmax(&output, classCount: classes.count)
        }
        return Matrix(
            rowCount: values.count / scores.count,
            columnCount: classes.count,
            elements: probabilities
        )
    }
}

extension LogisticRegression: PlannedEstimator {
    package func makeOperator() throws(InferenceError) -> any Operator { try LinearClassification(self) }
}
