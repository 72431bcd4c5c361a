import Inference
import Tensors

/// Rows of several callers, to be answered together.
struct Batch: Sendable {
    /// What a caller gets: an answer for each of its methods, and how many nanoseconds its rows waited.
    typealias Outcome = Result<Predictor.Answered, ServingError>
    /// Answers a method for rows.
    typealias Evaluate = @Sendable (PredictionMethod, Matrix<Double>) throws(ServingError) -> Answer

    /// Who waits for answers.
    struct Caller: Sendable {
        /// By which it can leave.
        let ticket: UInt64
        let methods: [PredictionMethod]
        let rows: Matrix<Double>
        /// When it came, in nanoseconds of the monotonic clock.
        let arrival: Int64
        let continuation: CheckedContinuation<Outcome, Never>
    }

    /// Those who wait, in the order in which they came.
    private(set) var callers: [Caller] = []
    /// How many rows they have.
    private(set) var rowCount = 0

    /// Adds a caller.
    mutating func add(_ caller: Caller) {
        callers.append(caller)
        rowCount += caller.rows.rowCount
    }

    /// Takes a caller out; nil if it is not in here.
    mutating func remove(_ ticket: UInt64) -> Caller? {
        guard let index = callers.firstIndex(where: { $0.ticket == ticket }) else { return nil }
        rowCount -= callers[index].rows.rowCount
        return callers.remove(at: index)
    }

    /// What each caller is answered, in their order.
    ///
    /// If the rows cannot be answered together each caller is answered alone, so that only those whose rows are to
    /// blame are refused.
    func answers(_ evaluate: Evaluate) -> [Result<[Answer], ServingError>] {
        if callers.count > 1, let answers = try? together(evaluate) { return answers.map { .success($0) } }
        return callers.map { caller in
            Result { () throws(ServingError) in
                try caller.methods.map { method throws(ServingError) in try evaluate(method, caller.rows) }
            }
        }
    }

    /// Why rows were not answered together that may be answered alone.
    private struct NotTogether: Error {}

    private func together(_ evaluate: Evaluate) throws -> [[Answer]] {
        var parts = [[PredictionMethod: Answer]](repeating: [:], count: callers.count)
        for method in PredictionMethod.allCases {
            let askers = callers.indices.filter { callers[$0].methods.contains(method) }
            guard !askers.isEmpty else { continue }
            let rows = askers.map { callers[$0].rows }
            let whole = try evaluate(method, Matrix(joining: rows))
            guard let split = whole.split(rowCounts: rows.map(\.rowCount)) else { throw NotTogether() }
            for (asker, part) in zip(askers, split) { parts[asker][method] = part }
        }
        return zip(callers, parts).map { caller, parts in caller.methods.compactMap { parts[$0] } }
    }
}

extension Matrix<Double> {
    /// Matrices of one width, one below the other.
    fileprivate init(joining parts: [Matrix<Double>]) {
        let rowCount = parts.reduce(0) { $0 + $1.rowCount }
        let columnCount = parts.first?.columnCount ?? 0
        var elements: [Double] = []
        elements.reserveCapacity(rowCount * columnCount)
        for part in parts { elements += part.elements }
        self.init(rowCount: rowCount, columnCount: columnCount, elements: elements)
    }
}
