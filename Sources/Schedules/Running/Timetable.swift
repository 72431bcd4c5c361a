/// When a job that runs on a schedule is to run next: when the schedule says, and sooner if it failed.
///
/// All times are in seconds since 1970 UTC.
package struct Timetable: Sendable {
    /// The first wait after a failure, in seconds; it doubles with each further one.
    package static let firstPatience = 60
    /// The longest wait after a failure, in seconds.
    package static let longestPatience = 3_600

    private let expression: CronExpression
    private var lastRun: Int?
    private var retry: Int?
    private var failureCount = 0

    /// A job's timetable.
    ///
    /// - Parameter lastRun: when it last began, whoever began it; nil if it never has, and then it is due at once.
    package init(_ expression: CronExpression, lastRun: Int?) {
        self.expression = expression
        self.lastRun = lastRun
    }

    /// Whether the job is due, or when it will be.
    ///
    /// - Parameters:
    ///   - now: the current time.
    ///   - offset: Seconds that the zone's clocks are ahead of UTC at an instant in seconds since 1970 UTC.
    package func nextRun(now: Int, offset: (_ instant: Int) -> Int) -> NextRun {
        guard let lastRun else { return .due(since: now) }
        let scheduled = expression.nextRun(lastRun: lastRun, now: now, offset: offset)
        guard let retry, case .wait(let until) = scheduled else { return scheduled }
        return retry <= now ? .due(since: retry) : .wait(until: min(retry, until))
    }

    /// Notes that a run begins.
    package mutating func begin(at now: Int) { lastRun = now }

    /// Notes how a run ended: one that failed is tried again, after a while that grows with each failure.
    package mutating func end(at now: Int, failed: Bool) {
        guard failed else {
            (retry, failureCount) = (nil, 0)
            return
        }
        // The shift stays small: after six failures the longest wait is reached.
        retry = now + min(Self.longestPatience, Self.firstPatience << min(failureCount, 6))
        failureCount += 1
    }
}
