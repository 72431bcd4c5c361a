package import Estimators
import Tensors

/// Asks an estimator per target and puts their answers side by side.
struct PerTargetPrediction: Operator {
    let inputCount: Int
    let methods: [PredictionMethod]
    var stepsPerRow: Int { targets.reduce(0) { $0 + $1.stepsPerRow } }
    private let targets: [any Operator]

    /// Checks that all targets' estimators take the same rows and can predict.
    ///
    /// - Parameter methods: what it answers of that which all of them answer.
    init(
        _ estimators: [any Estimator],
        fit: FitRecord,
        methods: [PredictionMethod]
    ) throws(InferenceError) {
        var targets: [any Operator] = []
        for estimator in estimators { targets.append(try Plan.makeOperator(estimator)) }
        guard let first = targets.first else { throw fit.invalid("estimators_ is empty") }
        for (index, target) in targets.enumerated() {
            try fit.require("the number of columns of estimators_[\(index)]", target.inputCount, is: first.inputCount)
            guard target.methods.contains(.predict) else { throw fit.invalid("estimators_[\(index)] cannot predict") }
        }
        inputCount = first.inputCount
        self.methods = methods.filter { method in targets.allSatisfy { $0.methods.contains(method) } }
        self.targets = targets
    }

    func evaluate(
        _ method: PredictionMethod,
        on rows: Matrix<Double>
    ) throws(InferenceError) -> Answer {
        var outputs: [Output] = []
        outputs.reserveCapacity(targets.count)
        for target in targets {
            guard case .array(let output) = try target.evaluate(method, on: rows) else {
                throw InferenceError(.invalidModel, "an estimator of one target answers for several")
            }
            outputs.append(output)
        }
        switch method {
        case .predict: return .array(try Output(columns: outputs))
        case .predictProba: return .perTarget(outputs)
        default: throw .unsupported(method, by: Self.self)
        }
    }
}

extension MultiOutputRegressor: PlannedEstimator {
    package func makeOperator() throws(InferenceError) -> any Operator {
        if let forests = try ForestPerTarget(estimators) { return forests }
        return try PerTargetPrediction(estimators, fit: fit, methods: [.predict])
    }
}

extension MultiOutputClassifier: PlannedEstimator {
    package func makeOperator() throws(InferenceError) -> any Operator {
        try PerTargetPrediction(estimators, fit: fit, methods: [.predict, .predictProba])
    }
}
