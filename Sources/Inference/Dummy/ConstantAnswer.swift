package import Estimators
import Tensors

/// Answers the same for every row: the probabilities of classes and the likeliest of them.
struct ConstantClassification: Operator {
    let inputCount: Int
    let methods: [PredictionMethod] = [.predict, .predictProba, .predictLogProba]
    private let classes: ClassLabels
    private let predicted: Int
    private let probabilities: [Double]

    init(_ classifier: DummyClassifier) throws(InferenceError) {
        inputCount = try classifier.fit.columnCount(agreeingWith: [:])
        classes = classifier.classes
        probabilities = classifier.probabilities
        try classifier.fit.require("the number of elements of class_prior_", probabilities.count, is: classes.count)
        guard let greatest = probabilities.max(), let index = probabilities.firstIndex(of: greatest) else {
            throw classifier.fit.invalid("classes_ is empty")
        }
        predicted = index
    }

    func evaluate(
        _ method: PredictionMethod,
        on rows: Matrix<Double>
    ) throws(InferenceError) -> Answer {
        switch method {
        case .predict: .array(classes.output([Int](repeating: predicted, count: rows.rowCount)))
        case .predictProba: .array(Output(repeated(rows.rowCount)))
        case .predictLogProba: .array(Output(repeated(rows.rowCount).logarithms()))
        default: throw .unsupported(method, by: Self.self)
        }
    }

    private func repeated(_ rowCount: Int) -> Matrix<Double> {
        Matrix(
            rowCount: rowCount,
            columnCount: probabilities.count,
            elements: Array(repeatElement(probabilities, count: rowCount).joined())
        )
    }
}

/// Answers the same for every row: a number per target.
struct ConstantRegression: Operator {
    let inputCount: Int
    let methods: [PredictionMethod] = [.predict]
    private let values: [Double]

    init(_ regressor: DummyRegressor) throws(InferenceError) {
        inputCount = try regressor.fit.columnCount(agreeingWith: [:])
        guard !regressor.constant.isEmpty else { throw regressor.fit.invalid("constant_ is empty") }
        values = regressor.constant
    }

    func evaluate(
        _ method: PredictionMethod,
        on rows: Matrix<Double>
    ) throws(InferenceError) -> Answer {
        guard method == .predict else { throw .unsupported(method, by: Self.self) }
        let shape = values.count == 1 ? [rows.rowCount] : [rows.rowCount, values.count]
        return .array(
            Output(shape: shape, values: .float64(Array(repeatElement(values, count: rows.rowCount).joined())))
        )
    }
}

extension DummyClassifier: PlannedEstimator {
    package func makeOperator() throws(InferenceError) -> any Operator { try ConstantClassification(self) }
}

extension DummyRegressor: PlannedEstimator {
    package func makeOperator() throws(InferenceError) -> any Operator { try ConstantRegression(self) }
}
