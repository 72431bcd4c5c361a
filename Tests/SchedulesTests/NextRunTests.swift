import Schedules
import Testing

@Suite("The next run")
struct NextRunTests {
    /// 2026-01-04T02:00:00Z, a Sunday.
    private let sunday = 1_767_492_000
    private let week = 7 * 86_400

    private func next(lastRun: Int?, now: Int) throws -> NextRun {
        try CronExpression(parsing: "0 2 * * 0").nextRun(lastRun: lastRun, now: now) { _ in 0 }
    }

    @Test("A service that has never run waits for its first time")
    func first() throws {
        #expect(try next(lastRun: nil, now: sunday - 1) == .wait(until: sunday))
        #expect(try next(lastRun: nil, now: sunday) == .wait(until: sunday + week))
    }

    @Test("A run is due from its second on, until one has begun")
    func due() throws {
        #expect(try next(lastRun: sunday - week, now: sunday - 1) == .wait(until: sunday))
        #expect(try next(lastRun: sunday - week, now: sunday) == .due(since: sunday))
        #expect(try next(lastRun: sunday - week, now: sunday + 30) == .due(since: sunday))
        #expect(try next(lastRun: sunday, now: sunday) == .wait(until: sunday + week))
    }

    @Test("However many runs were missed, one makes up for them")
    func missed() throws {
        let now = sunday + 5 * week + 3_600
        #expect(try next(lastRun: sunday + 10, now: now) == .due(since: sunday + week))
        #expect(try next(lastRun: now, now: now + 1) == .wait(until: sunday + 6 * week))
    }

    @Test("A run that took longer than its schedule allows is followed by one more")
    func overlong() throws {
        #expect(try next(lastRun: sunday, now: sunday + 2 * week + 1) == .due(since: sunday + week))
    }

    @Test("A last run in the future, as after a clock was set back, holds nothing up")
    func clockSetBack() throws {
        #expect(try next(lastRun: sunday + 50 * week, now: sunday - 1) == .wait(until: sunday))
    }
}
