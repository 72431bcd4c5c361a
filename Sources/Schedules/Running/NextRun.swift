/// What a service that runs on a schedule does next.
package enum NextRun: Hashable, Sendable {
    /// A run is due now.
    ///
    /// - since: the first time that the schedule named after the last run, in seconds since 1970 UTC. However many
    ///   times have passed since, as while the service was away or a run took long, one run makes up for all of them.
    case due(since: Int)
    /// Nothing is due before an instant, in seconds since 1970 UTC.
    case wait(until: Int)
}

extension CronExpression {
    /// Whether a run is due, or when the next one will be.
    ///
    /// - Parameters:
    ///   - lastRun: When the last run began, whoever began it; nil if there has been none, and then none was missed. If
    ///     it lies in the future, because a clock was set back, it counts as now.
    ///   - now: The current time. Both in seconds since 1970 UTC.
    ///   - offset: Seconds that the zone's clocks are ahead of UTC at an instant in seconds since 1970 UTC.
    package func nextRun(lastRun: Int?, now: Int, offset: (_ instant: Int) -> Int) -> NextRun {
        let fire = nextFire(after: min(lastRun ?? now, now), offset: offset)
        return fire <= now ? .due(since: fire) : .wait(until: fire)
    }
}
