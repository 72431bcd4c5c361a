import NIOCore

/// How long the client of one connection may keep the server waiting.
///
/// Time is told by the caller, so that tests need none.
struct ConnectionTimeouts {
    /// What a look at the clock finds.
    enum Verdict: Equatable {
        /// Nothing to complain of; look again then.
        case lookAgain(at: NIODeadline)
        /// The connection is without a request for too long.
        case idle
        /// A request has been coming in for too long.
        case slow
        /// Answers have been waiting for too long to be taken.
        case stalled
    }

    private enum State {
        /// No request; since then.
        case idle(since: NIODeadline)
        /// A request whose end has not been read; since its first bytes were.
        case reading(since: NIODeadline)
        /// Requests were read whole, and not all are answered.
        case answering
    }

    private let idle: TimeAmount
    private let request: TimeAmount
    private var state: State
    private var unansweredCount = 0
    /// Since when the client has taken nothing of more than the connection is to hold, and how much that is in bytes.
    private var full: (since: NIODeadline, bytes: Int)?

    /// - Parameters:
    ///   - idle: how long a connection may be without a request.
    ///   - request: how long a request may take from its head to its end, and the client to take a part of its answer.
    init(idle: TimeAmount, request: TimeAmount, now: NIODeadline) {
        self.idle = idle
        self.request = request
        state = .idle(since: now)
    }

    /// The first bytes of a request were read, and its end is still to come.
    mutating func waitForRest(now: NIODeadline) {
        if case .reading = state { return }
        state = .reading(since: now)
    }

    /// The head of a request was read.
    mutating func readHead(now: NIODeadline) {
        unansweredCount += 1
        waitForRest(now: now)
    }

    /// The end of a request was read.
    mutating func readEnd(now: NIODeadline) { settle(now) }

    /// The end of an answer was written.
    mutating func answered(now: NIODeadline) {
        unansweredCount -= 1
        // An answer may come before the end of its request.
        if case .reading = state { return }
        settle(now)
    }

    /// A request was read whole and answered where it was read.
    mutating func answeredAtOnce(now: NIODeadline) { settle(now) }

    /// What of the answers waits for the client; nil if that is no more than the connection is to hold.
    mutating func unsent(_ bytes: Int?, now: NIODeadline) {
        if let bytes, let full, full.bytes == bytes { return }
        full = bytes.map { (now, $0) }
    }

    private mutating func settle(_ now: NIODeadline) { state = unansweredCount > 0 ? .answering : .idle(since: now) }

    /// Looks at the clock.
    func verdict(now: NIODeadline) -> Verdict {
        if let full { return now >= full.since + request ? .stalled : .lookAgain(at: full.since + request) }
        switch state {
        case .idle(let since): return now >= since + idle ? .idle : .lookAgain(at: since + idle)
        case .reading(let since): return now >= since + request ? .slow : .lookAgain(at: since + request)
        case .answering: return .lookAgain(at: now + min(idle, request))
        }
    }
}
