import Schedules
import Testing

@Suite("The timetable of a job")
struct TimetableTests {
    /// 2026-01-04T02:00:00Z, a Sunday.
    private let sunday = 1_767_492_000
    private let week = 7 * 86_400

    private func timetable(lastRun: Int?) throws -> Timetable {
        Timetable(try CronExpression(parsing: "0 2 * * 0"), lastRun: lastRun)
    }

    @Test("A job that has never run is due at once, one that has waits for its time")
    func first() throws {
        #expect(try timetable(lastRun: nil).nextRun(now: sunday - 9) { _ in 0 } == .due(since: sunday - 9))
        #expect(try timetable(lastRun: sunday - 99).nextRun(now: sunday - 9) { _ in 0 } == .wait(until: sunday))
    }

    @Test("A run that succeeds is followed by the next time of the schedule")
    func success() throws {
        var timetable = try timetable(lastRun: sunday - week)
        timetable.begin(at: sunday + 5)
        timetable.end(at: sunday + 600, failed: false)
        #expect(timetable.nextRun(now: sunday + 600) { _ in 0 } == .wait(until: sunday + week))
    }

    @Test("A run that fails is tried again, ever later, and then as before")
    func failures() throws {
        var timetable = try timetable(lastRun: nil)
        var now = sunday
        for wait in [60, 120, 240, 480, 960, 1_920, 3_600, 3_600] {
            timetable.begin(at: now)
            timetable.end(at: now, failed: true)
            #expect(timetable.nextRun(now: now) { _ in 0 } == .wait(until: now + wait))
            now += wait
            #expect(timetable.nextRun(now: now) { _ in 0 } == .due(since: now))
        }
        timetable.begin(at: now)
        timetable.end(at: now, failed: false)
        #expect(timetable.nextRun(now: now) { _ in 0 } == .wait(until: sunday + week))
        timetable.begin(at: now)
        timetable.end(at: now, failed: true)
        #expect(timetable.nextRun(now: now) { _ in 0 } == .wait(until: now + 60))
    }

    @Test("The schedule is not held up by a retry that is further away")
    func scheduleFirst() throws {
        var timetable = try timetable(lastRun: nil)
        timetable.begin(at: sunday - 30)
        timetable.end(at: sunday - 30, failed: true)
        #expect(timetable.nextRun(now: sunday - 29) { _ in 0 } == .wait(until: sunday))
        #expect(timetable.nextRun(now: sunday) { _ in 0 } == .due(since: sunday))
    }
}
