import Tensors

/// Transforms one after the other.
struct TransformChain: TransformOperator {
    let inputCount: Int
    let outputCount: Int
    let methods: [PredictionMethod]
    var stepsPerRow: Int { others.reduce(first.stepsPerRow) { $0 + $1.stepsPerRow } }
    private let first: any TransformOperator
    private let others: [any TransformOperator]

    /// A chain of at least one transform; nil if there is none.
    ///
    /// - Parameter methods: what it answers; nil for what its last transform answers.
    init?(_ steps: [any TransformOperator], methods: [PredictionMethod]? = nil) {
        guard let first = steps.first, let last = steps.last else { return nil }
        self.first = first
        others = Array(steps.dropFirst())
        inputCount = first.inputCount
        outputCount = last.outputCount
        self.methods = methods ?? last.methods
    }

    func transform(_ rows: consuming Matrix<Double>) throws(InferenceError) -> Matrix<Double> {
        // Every matrix is consumed by the next step, so that it can be changed in place.
        var current = try first.transform(rows)
        for step in others { current = try step.transform(consume current) }
        return current
    }

    func evaluate(
        _ method: PredictionMethod,
        on rows: Matrix<Double>
    ) throws(InferenceError) -> Answer {
        if method == .transform { return .array(Output(try transform(rows))) }
        guard methods.contains(method), let last = others.last else { throw .unsupported(method, by: Self.self) }
        var current = try first.transform(rows)
        for step in others.dropLast() { current = try step.transform(consume current) }
        return try last.evaluate(method, on: current)
    }
}
