/// How often a request is made, and how long to wait in between: longer each time, and not all clients at once.
package struct RetryPolicy: Hashable, Sendable {
    /// How often a request is made in all.
    package var maximumAttempts = 3
    /// The longest wait before the second attempt; it doubles with each further one.
    package var firstDelay = Duration.milliseconds(250)
    /// The longest wait that grows so.
    package var maximumDelay = Duration.seconds(10)
    /// The longest wait that a server may ask for; where it asks for more, its answer stands.
    package var maximumRetryAfter = Duration.seconds(60)
    /// The statuses from 500 on after which a request is not made again.
    package var finalStatuses: Set<Int> = [501]

    /// The defaults.
    package init() {}

    /// A single attempt.
    package static var once: RetryPolicy {
        var policy = RetryPolicy()
        policy.maximumAttempts = 1
        return policy
    }

    /// Whether a request may be answered differently a moment after this status.
    func isTransient(_ status: Int) -> Bool {
        status == 429 || (500...599 ~= status && !finalStatuses.contains(status))
    }

    /// How long to wait before the next attempt; nil if there should be none.
    ///
    /// - Parameters:
    ///   - attempts: how many were made, at least 1.
    ///   - asked: how long the server asked to wait.
    ///   - jitter: from 0 to 1; which part of the upper half of the wait is taken.
    package func delay(
        after attempts: Int, asked: Duration? = nil, jitter: Double = .random(in: 0...1)
    ) -> Duration? {
        guard attempts < maximumAttempts else { return nil }
        let doublings = min(max(attempts - 1, 0), 30)
        let grown = min(firstDelay * (1 << doublings), maximumDelay) * (0.5 + jitter / 2)
        guard let asked else { return grown }
        return asked <= maximumRetryAfter ? max(asked, grown) : nil
    }
}
