internal import CivilTime

extension CronExpression {
    /// The next time the expression fires, in seconds since 1970 UTC.
    ///
    /// Where clocks are changed, an expression that leaves out hours fires when the clock first shows the time or a
    /// later one: once at the end of a gap that swallowed it, and only the first time in an hour that comes twice. One
    /// that matches in every hour keeps its pace: it fires whenever the clock shows a matching time, so in both passes
    /// of a repeated hour, and makes up for nothing after a gap. `cron(8)` of Debian tells the two apart much like
    /// that.
    ///
    /// - Parameters:
    ///   - instant: The time fires strictly after this one are looked for; outside the years 1 to 9999, the nearest
    ///     inside.
    ///   - offset: Seconds that the zone's clocks are ahead of UTC at an instant in seconds since 1970 UTC; less than a
    ///     day.
    package func nextFire(after instant: Int, offset: (_ instant: Int) -> Int) -> Int {
        let bounds = ZoneClock.bounds
        let instant = min(max(instant, bounds.lowerBound), bounds.upperBound)
        // Not a closure stored anywhere, so that the caller's need not escape.
        return withoutActuallyEscaping(offset) { offset in
            let clock = ZoneClock(offset: offset)
            return isHourly ? nextShown(after: instant, clock) : nextReached(after: instant, clock)
        }
    }

    /// The first instant after another at which the clock comes to show a matching time or a later one.
    private func nextReached(after instant: Int, _ clock: ZoneClock) -> Int {
        var wall = firstMatch(atOrAfter: clock.wall(instant) + 1)
        while true {
            let fire = clock.firstInstant(reaching: wall)
            if fire > instant { return fire }
            // The clock has shown this before it was set back.
            wall = firstMatch(atOrAfter: wall + 60)
        }
    }

    /// The first instant after another at which the clock shows a matching time.
    private func nextShown(after instant: Int, _ clock: ZoneClock) -> Int {
        var start = instant + 1
        while true {
            let fire = firstMatch(atOrAfter: clock.wall(start)) - clock.offset(start)
            let near = min(fire, start + ZoneClock.maximumShift)
            if let change = clock.change(from: start, to: near) {
                // It may show again what it showed before the start.
                start = change
            } else if fire == near {
                return fire
            } else {
                // However the clock is changed on the way, nothing matches before.
                start = max(near, fire - ZoneClock.maximumShift)
            }
        }
    }
}

/// A zone's clock, asked for nothing but how far it is ahead of UTC.
private struct ZoneClock {
    private let zoneOffset: (Int) -> Int

    /// From 0001-01-01 to 9999-12-31, so that no sum of instants can overflow.
    static let bounds = -62_135_596_800...253_402_300_799
    /// No change of the clock is longer than this, in seconds: no two offsets are further apart.
    static let maximumShift = 2 * WallTime.secondsPerDay

    init(offset: @escaping (Int) -> Int) { zoneOffset = offset }

    func offset(_ instant: Int) -> Int {
        min(max(zoneOffset(instant), 1 - WallTime.secondsPerDay), WallTime.secondsPerDay - 1)
    }

    /// What the clock shows.
    func wall(_ instant: Int) -> Int { instant + offset(instant) }

    /// The first instant at which the clock shows a time or a later one; it changes at most once within two days.
    func firstInstant(reaching wall: Int) -> Int {
        let start = wall - WallTime.secondsPerDay
        let candidate = wall - offset(start)
        guard let change = change(from: start, to: candidate) else { return candidate }
        return max(change, wall - offset(change))
    }

    /// The instant at which the offset changes between two, if it is another one at the second.
    func change(from start: Int, to end: Int) -> Int? {
        let before = offset(start)
        guard end > start, offset(end) != before else { return nil }
        var (last, first) = (start, end)
        while first - last > 1 {
            let middle = last + (first - last) / 2
            if offset(middle) == before { last = middle } else { first = middle }
        }
        return first
    }
}
