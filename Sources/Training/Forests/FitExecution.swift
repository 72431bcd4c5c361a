/// How a fit is carried out: by how many threads, and who watches. It does not change what is fitted.
public struct FitExecution: Sendable {
    /// The most threads that work at the same time, the caller's own included.
    public var threads: Int
    /// Called after each tree with the number of trees that are done and of all trees, on the thread that grew it, by
    /// one thread at a time.
    public var onProgress: (@Sendable (_ done: Int, _ total: Int) -> Void)?
    /// Asked from time to time, on every thread that works, whether to give up.
    public var isCancelled: (@Sendable () -> Bool)?

    /// A way to carry out a fit.
    public init(
        threads: Int = 1,
        onProgress: (@Sendable (_ done: Int, _ total: Int) -> Void)? = nil,
        isCancelled: (@Sendable () -> Bool)? = nil
    ) {
        self.threads = threads
        self.onProgress = onProgress
        self.isCancelled = isCancelled
    }

    /// Gives up if the caller says so.
    ///
    /// - Throws: ``TrainingError/Code/cancelled``.
    func checkCancellation() throws(TrainingError) {
        if isCancelled?() == true { throw TrainingError(.cancelled, "The fit was cancelled.") }
    }
}

/// Asks whether a fit is cancelled, each time some work has been done.
struct CancellationCheck {
    /// Rows times features between two questions: a few milliseconds.
    private static let workBetweenChecks = 1 << 20

    private let execution: FitExecution
    private var workLeft = Self.workBetweenChecks

    init(_ execution: FitExecution) {
        self.execution = execution
    }

    /// Counts work that is about to be done.
    ///
    /// - Throws: ``TrainingError/Code/cancelled`` if the fit is.
    mutating func proceed(work: Int) throws(TrainingError) {
        workLeft -= work
        guard workLeft <= 0 else { return }
        workLeft = Self.workBetweenChecks
        try execution.checkCancellation()
    }
}
