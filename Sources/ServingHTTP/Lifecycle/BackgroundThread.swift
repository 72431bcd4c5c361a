import Glibc
import NIOPosix

/// A thread for long work beside requests: the threads that answer them come first.
struct BackgroundThread: Sendable {
    /// Of 20 steps down, where 10 leave it about a tenth of a processor that others want (sched(7)).
    private static let niceness: Int32 = 10

    private let pool = NIOThreadPool(numberOfThreads: 1)

    init() { pool.start() }

    /// Does some work; nil if the thread has ended.
    func run<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value? {
        try? await pool.runIfActive {
            // Linux counts niceness by thread. Nothing can be done if it is refused, and nothing need be.
            setpriority(Int32(PRIO_PROCESS.rawValue), 0, Self.niceness)
            return work()
        }
    }

    /// Ends the thread, once it has done its work.
    func end() async { try? await pool.shutdownGracefully() }
}
