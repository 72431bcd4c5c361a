import Inference
import Synchronization
import Tensors

/// Gathers the rows that several callers ask one version of a model for, and has them answered together.
///
/// A batch is answered on the thread of the caller that fills it, or else, once its first caller has waited as long as
/// it may, on one of the concurrency pool. While a batch whose time was over is being answered the next one goes on
/// gathering, so batches grow with the load. Whoever is in a batch keeps its version, even if another one takes its
/// place meanwhile.
final class Batcher: Sendable {
    private struct State {
        /// What is being gathered.
        var batch = Batch()
        /// Whether a task watches for its time to be over.
        var isWatched = false
        var lastTicket: UInt64 = 0

        mutating func take() -> Batch {
            defer { batch = Batch() }
            return batch
        }
    }

    private enum Look {
        case nothing
        case lookAgain(nanoseconds: Int64)
        case due(Batch)
    }

    private let meter: ModelMeter
    private let state = Mutex(State())

    /// - Parameter meter: what batches are counted on.
    init(meter: ModelMeter) { self.meter = meter }

    /// How many callers wait for their batch to begin.
    var waitingCount: Int { state.withLock { $0.batch.callers.count } }

    /// Answers rows together with those of others.
    ///
    /// - Parameters:
    ///   - methods: what is asked, each method once.
    ///   - rows: fewer than a batch may have.
    ///   - evaluate: answers for this version; all callers give the same.
    /// - Throws: ``ServingError`` if the rows are to blame, and with ``ServingError/Code/cancelled`` if the task was
    ///   cancelled before its batch began.
    func answers(
        to methods: [PredictionMethod], on rows: Matrix<Double>, by policy: BatchPolicy,
        _ evaluate: @escaping Batch.Evaluate
    ) async throws(ServingError) -> Predictor.Answered {
        let arrival = Clocks.monotonicNanoseconds()
        let ticket = state.withLock { state in
            state.lastTicket += 1
            return state.lastTicket
        }
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let caller = Batch.Caller(
                    ticket: ticket, methods: methods, rows: rows, arrival: arrival, continuation: continuation)
                join(caller, policy, evaluate)
            }
        } onCancel: {
            leave(ticket)
        }
        return try outcome.get()
    }

    private func join(_ caller: Batch.Caller, _ policy: BatchPolicy, _ evaluate: @escaping Batch.Evaluate) {
        var isCancelled = false
        var startsWatch = false
        let full = state.withLock { state in
            // Once this has been asked, whoever cancels the task finds its caller in the batch.
            isCancelled = Task.isCancelled
            guard !isCancelled else { return [Batch]() }
            var full: [Batch] = []
            if state.batch.rowCount + caller.rows.rowCount > policy.maximumRows { full.append(state.take()) }
            state.batch.add(caller)
            if state.batch.rowCount == policy.maximumRows { full.append(state.take()) }
            startsWatch = !state.isWatched && !state.batch.callers.isEmpty
            if startsWatch { state.isWatched = true }
            return full
        }
        if isCancelled { caller.continuation.resume(returning: .failure(.cancelled)) }
        // No caller may own it, since any of them may leave; it ends when nobody waits.
        if startsWatch { Task { await watch(policy, evaluate) } }
        for batch in full { run(batch, evaluate) }
    }

    private func leave(_ ticket: UInt64) {
        let caller = state.withLock { $0.batch.remove(ticket) }
        caller?.continuation.resume(returning: .failure(.cancelled))
    }

    /// Answers batches whose time is over, until nobody waits.
    private func watch(_ policy: BatchPolicy, _ evaluate: Batch.Evaluate) async {
        while true {
            switch look(policy) {
            case .nothing: return
            case .lookAgain(let nanoseconds): try? await Task.sleep(for: .nanoseconds(nanoseconds))
            case .due(let batch): run(batch, evaluate)
            }
        }
    }

    private func look(_ policy: BatchPolicy) -> Look {
        let now = Clocks.monotonicNanoseconds()
        return state.withLock { state in
            guard let first = state.batch.callers.first else {
                state.isWatched = false
                return .nothing
            }
            let rest = first.arrival + policy.maximumWaitNanoseconds - now
            return rest > 0 ? .lookAgain(nanoseconds: rest) : .due(state.take())
        }
    }

    private func run(_ batch: Batch, _ evaluate: Batch.Evaluate) {
        let start = Clocks.monotonicNanoseconds()
        let answers = batch.answers(evaluate)
        meter.record(batchOf: batch.rowCount, waits: batch.callers.map { start - $0.arrival })
        for (caller, answers) in zip(batch.callers, answers) {
            caller.continuation.resume(
                returning: answers.map { Predictor.Answered(answers: $0, wait: start - caller.arrival) })
        }
    }
}
