public import Estimators
public import Tensors

/// A model ready to answer: validated once, immutable, shared by all threads.
public struct Plan: Sendable {
    /// The number of columns of a row.
    public let featureCount: Int
    /// The names of the columns, if the model was fitted on named ones.
    public let featureNames: [String]?
    /// What the model can answer, ``PredictionMethod/predict`` first where it has it.
    public let methods: [PredictionMethod]

    let root: any Operator
    /// Roughly how many steps of about a nanosecond a row takes.
    package var stepsPerRow: Int { root.stepsPerRow }
    private let rowChecks: RowChecks

    /// Makes a fitted estimator ready to answer.
    ///
    /// - Throws: ``InferenceError`` with ``InferenceError/Code/invalidModel`` if its state contradicts itself.
    public init(_ estimator: any Estimator) throws(InferenceError) {
        self.init(
            operator: try Self.makeOperator(estimator), className: estimator.fit.className,
            featureNames: estimator.fit.featureNames)
    }

    /// A plan of one operator.
    ///
    /// - Parameter className: the class whose name scikit-learn's sentences carry.
    package init(operator root: any Operator, className: String, featureNames: [String]? = nil) {
        featureCount = root.inputCount
        self.featureNames = featureNames
        methods = root.methods
        rowChecks = RowChecks(className: className, featureCount: root.inputCount)
        self.root = root
    }

    /// The operator of an estimator, whatever its class.
    static func makeOperator(_ estimator: any Estimator) throws(InferenceError) -> any Operator {
        guard let planned = estimator as? any PlannedEstimator else {
            throw InferenceError(.invalidModel, "\(estimator.fit.className) has no operator")
        }
        return try planned.makeOperator()
    }

    /// Answers one method for rows of ``featureCount`` columns.
    ///
    /// - Parameters:
    ///   - method: one of ``methods``.
    ///   - rows: one row per sample, in the order of ``featureNames``.
    ///   - threads: how many threads a large batch may use; small ones are answered on the caller's.
    /// - Throws: ``InferenceError`` in scikit-learn's words if the rows are not what the model takes.
    public func evaluate(
        _ method: PredictionMethod,
        on rows: Matrix<Double>,
        threads: Int = 1
    ) throws(InferenceError) -> Answer {
        guard methods.contains(method) else { throw .unsupported(method, by: Plan.self) }
        try rowChecks.check(rows)
        let useful = usefulThreads(for: rows.rowCount, atMost: threads)
        return useful == 1
            ? try root.evaluate(method, on: rows) : try evaluateInParts(method, on: rows, threads: useful)
    }
}
