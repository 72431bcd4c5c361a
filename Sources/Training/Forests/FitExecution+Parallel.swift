import Dispatch
import Synchronization

extension FitExecution {
    /// Does some pieces of work on several threads, each taking the next piece that no other has taken.
    ///
    /// - Parameters:
    ///   - count: how many pieces.
    ///   - reportsProgress: whether a piece is a step that ``onProgress`` is told of.
    ///   - work: does the piece of an index; the result must not depend on the thread.
    /// - Returns: the results in the order of the pieces.
    /// - Throws: the first error, or ``TrainingError/Code/cancelled``; no further piece is begun then.
    func map<Output: Sendable>(
        _ count: Int,
        reportsProgress: Bool = false,
        _ work: @Sendable (Int) throws(TrainingError) -> Output
    ) throws(TrainingError) -> [Output] {
        let state = Mutex(PiecesOfWork<Output>(count: count))
        DispatchQueue.concurrentPerform(iterations: max(1, min(threads, count))) { _ in
            while let index = state.withLock({ $0.takeNext() }) {
                let result = Result { () throws(TrainingError) in
                    try checkCancellation()
                    return try work(index)
                }
                state.withLock { state in
                    state.finish(index, result)
                    if reportsProgress, case .success = result { onProgress?(state.doneCount, count) }
                }
            }
        }
        return try state.withLock { state throws(TrainingError) in try state.outputs() }
    }
}

/// Which pieces are taken and done.
private struct PiecesOfWork<Output: Sendable>: Sendable {
    private var done: [Output?]
    private var nextIndex = 0
    private var failure: TrainingError?
    private(set) var doneCount = 0

    init(count: Int) {
        done = [Output?](repeating: nil, count: count)
    }

    mutating func takeNext() -> Int? {
        guard failure == nil, nextIndex < done.count else { return nil }
        nextIndex += 1
        return nextIndex - 1
    }

    mutating func finish(_ index: Int, _ result: Result<Output, TrainingError>) {
        switch result {
        case .success(let output):
            done[index] = output
            doneCount += 1
        case .failure(let error): failure = failure ?? error
        }
    }

    func outputs() throws(TrainingError) -> [Output] {
        if let failure { throw failure }
        return done.compactMap(\.self)
    }
}
