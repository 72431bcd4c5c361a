import Dispatch
import Synchronization
import Tensors

extension Plan {
    /// The least work, in nanoseconds, for which another thread is worth waking.
    private static let leastWorkPerThread = 100_000

    /// How many threads are worth their while for a batch.
    func usefulThreads(for rowCount: Int, atMost threads: Int) -> Int {
        guard rowCount > 1, threads > 1 else { return 1 }
        let work = rowCount.multipliedReportingOverflow(by: max(root.stepsPerRow, 1))
        let useful = work.overflow ? threads : work.partialValue / Self.leastWorkPerThread
        return max(1, min(threads, useful, rowCount))
    }

    /// Answers for a batch in as many parts as threads, one of them on the caller's own.
    ///
    /// Rows are independent, so the parts' answers put together are bit for bit those of the whole.
    func evaluateInParts(
        _ method: PredictionMethod,
        on rows: Matrix<Double>,
        threads: Int
    ) throws(InferenceError) -> Answer {
        let parts = Mutex([Result<Answer, InferenceError>?](repeating: nil, count: threads))
        let root = root
        DispatchQueue.concurrentPerform(iterations: threads) { part in
            let range = rows.rowCount * part / threads..<rows.rowCount * (part + 1) / threads
            let result = Result { () throws(InferenceError) in try root.evaluate(method, on: rows.rows(range)) }
            parts.withLock { $0[part] = result }
        }
        var answers: [Answer] = []
        for case let part? in parts.withLock(\.self) { answers.append(try part.get()) }
        return Answer(joining: answers)
    }
}

extension Answer {
    /// The answers for consecutive batches of rows of one method of one model, as one.
    init(joining parts: [Answer]) {
        if case .perTarget(let first) = parts.first {
            self = .perTarget(first.indices.map { target in Output(joining: parts.map { $0.outputs[target] }) })
        } else {
            self = .array(Output(joining: parts.flatMap(\.outputs)))
        }
    }

    /// The arrays of the answer: one, or one a target.
    private var outputs: [Output] {
        switch self {
        case .array(let output): [output]
        case .perTarget(let outputs): outputs
        }
    }
}

extension Output {
    /// Arrays of one kind, one below the other.
    init(joining parts: [Output]) {
        let rowCount = parts.reduce(0) { $0 + ($1.shape.first ?? 0) }
        let shape = [rowCount] + (parts.first?.shape.dropFirst() ?? [])
        self.init(shape: shape, values: OutputValues(joining: parts.map(\.values)))
    }
}

extension OutputValues {
    /// Elements of one kind, one after the other.
    init(joining parts: [OutputValues]) {
        switch parts.first {
        case .int64: self = .int64(parts.flatMap { $0.int64 ?? [] })
        case .bool: self = .bool(parts.flatMap { $0.bool ?? [] })
        case .string: self = .string(parts.flatMap { $0.string ?? [] })
        case .float64, nil: self = .float64(parts.flatMap { $0.float64 ?? [] })
        }
    }
}
