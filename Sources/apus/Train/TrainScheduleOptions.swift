import ArgumentParser
import Glibc
import Schedules

/// When `apus train` runs, if not once and now.
struct TrainScheduleOptions: ParsableArguments {
    @Option(
        help: """
            Go on as a service, and train when this cron expression says: minute, hour, day of the month, month and \
            day of the week, as in "0 2 * * 0", or @weekly and the like. A model without a version is trained at once; \
            what was missed while nothing ran, or failed, is made up for once.
            """)
    var schedule: String?

    @Option(help: "The time zone of --schedule, e.g. Europe/Berlin. ($TZ; default: UTC)")
    var timeZone: String?

    func validate() throws {
        if timeZone != nil, schedule == nil { throw ValidationError("--time-zone needs --schedule") }
        do throws(ProcessTimeZone.Unknown) { try timeZone.map(ProcessTimeZone.check) } catch {
            throw ValidationError("--time-zone: \(error)")
        }
        _ = try expression
    }

    /// When to train; nil for now and once.
    var expression: CronExpression? {
        get throws {
            do throws(ScheduleError) { return try schedule.map(CronExpression.init(parsing:)) } catch {
                throw ValidationError("--schedule: \(error)")
            }
        }
    }
}
