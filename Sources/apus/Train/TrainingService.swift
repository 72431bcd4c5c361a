import ArgumentParser
import FoundationEssentials
import Glibc
import Schedules
import TrainingRuns

/// Trains models again and again, one at a time, until it is told to stop.
struct TrainingService {
    /// The longest sleep, in seconds: clocks are set, and machines are suspended.
    private static let longestSleep = 30

    private var jobs: [(job: TrainJob, timetable: Timetable)]

    init(_ jobs: [TrainJob], _ expression: CronExpression) throws {
        self.jobs = try jobs.map { ($0, Timetable(expression, lastRun: try $0.lastRun())) }
    }

    /// Runs what is due, and waits for what is next.
    ///
    /// - Throws: what no later run could do better, as a mistake of usage.
    mutating func run() async throws {
        var announced: Int?
        do {
            while true {
                let next = try await runDueJobs()
                if next != announced { Self.announce(next) }
                announced = next
                let pause = min(max(1, next - Self.now()), Self.longestSleep)
                try await Task.sleep(for: .seconds(pause))
            }
        } catch is CancellationError {
            return
        } catch let error as RunError where error.code == .cancelled {
            return
        }
    }

    /// - Returns: when the next one is due.
    private mutating func runDueJobs() async throws -> Int {
        var next = Int.max
        for index in jobs.indices {
            if case .due = jobs[index].timetable.nextRun(now: Self.now(), offset: ProcessTimeZone.offset) {
                jobs[index].timetable.begin(at: Self.now())
                let exitCode = try await jobs[index].job.attempt()
                jobs[index].timetable.end(at: Self.now(), failed: ![.success, TrainJob.notPassed].contains(exitCode))
            }
        }
        for entry in jobs {
            switch entry.timetable.nextRun(now: Self.now(), offset: ProcessTimeZone.offset) {
            case .due(let since): next = min(next, since)
            case .wait(let until): next = min(next, until)
            }
        }
        return next
    }

    private static func now() -> Int { Int(Date.now.timeIntervalSince1970) }

    private static func announce(_ next: Int) {
        let offset = ProcessTimeZone.offset(at: next)
        let style = Date.ISO8601FormatStyle(
            timeZoneSeparator: .colon, timeZone: TimeZone(secondsFromGMT: offset) ?? .gmt)
        let time = Date(timeIntervalSince1970: Double(next)).formatted(style)
        let line = Array("next run at \(time)\n".utf8)
        _ = write(STDERR_FILENO, line, line.count)
    }
}
