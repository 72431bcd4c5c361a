internal import CivilTime

/// Times that come again and again, in the five fields of cron: minute, hour, day of the month, month, day of the week.
///
///     "30 2 * * 0"            Sundays at 2:30
///     "*/15 8-17 * * mon-fri" every quarter of an hour from 8:00 to 17:45 on working days
///     "0 3 1,15 * *"          the first and the fifteenth of each month at 3:00
///     "@weekly"               Sundays at midnight
///
/// A field is a list of values, names (`jan`, `sun`), ranges (`1-5`) and steps (`*/15`, `10-40/10`, `5/20` for 5, 25,
/// 45). If both day fields are restricted, either may match, as POSIX says (`crontab`, in the volume of utilities); a
/// field is restricted unless it is spelled `*` or `*/1`, as for Kubernetes' CronJobs.
package struct CronExpression: Hashable, Sendable, CustomStringConvertible {
    let minutes: CronField
    let hours: CronField
    let days: CronField
    let months: CronField
    let weekdays: CronField
    private let text: String

    private static let names = [
        "@yearly": "0 0 1 1 *", "@annually": "0 0 1 1 *", "@monthly": "0 0 1 * *",
        "@weekly": "0 0 * * 0",
        "@daily": "0 0 * * *", "@midnight": "0 0 * * *", "@hourly": "0 * * * *",
    ]

    /// The longest that each month can be.
    private static let longestMonths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

    /// Reads an expression; fields are separated by spaces or tabs.
    ///
    /// - Throws: A sentence that names the field that cannot be read, or says that no date would ever match.
    package init(parsing text: String) throws(ScheduleError) {
        let words = text.split { $0 == " " || $0 == "\t" }
        self.text = words.joined(separator: " ")
        let fields = try Self.fields(words)
        minutes = try CronFieldRule.minute.field(parsing: fields[0])
        hours = try CronFieldRule.hour.field(parsing: fields[1])
        days = try CronFieldRule.day.field(parsing: fields[2])
        months = try CronFieldRule.month.field(parsing: fields[3])
        weekdays = try CronFieldRule.weekday.field(parsing: fields[4])
        let firstDay = days.first(atOrAfter: 1) ?? 1
        let hasDate = Self.longestMonths.enumerated().contains {
            months.contains($0.offset + 1) && firstDay <= $0.element
        }
        guard hasDate || !weekdays.isAny && !days.isAny else {
            throw ScheduleError(
                .neverFires, "\"\(self.text)\" would never run: none of its months has a day \(firstDay)")
        }
    }

    /// The expression, with single spaces.
    package var description: String { text }

    private static func fields(_ words: [Substring]) throws(ScheduleError) -> [Substring] {
        if words.count == 1, words[0].hasPrefix("@") {
            guard let fields = names[words[0].lowercased()] else {
                throw ScheduleError(
                    .unknownName,
                    "\(words[0].prefix(40).debugDescription) is none of \(names.keys.sorted().joined(separator: ", "))"
                )
            }
            return fields.split(separator: " ")
        }
        guard words.count == 5 else {
            throw ScheduleError(
                .wrongFieldCount,
                """
                a schedule has five fields (minute, hour, day of the month, month, day of the week), as in \
                "0 2 * * 0", or a name such as @weekly; this one has \(words.count)
                """)
        }
        return words
    }
}

extension CronExpression {
    /// Whether the expression matches in every hour of a day that it matches.
    var isHourly: Bool { (0..<24).allSatisfy(hours.contains) }

    private func matches(_ date: CivilDate) -> Bool {
        guard months.contains(date.month) else { return false }
        let byDay = days.contains(date.day)
        let byWeekday = weekdays.contains(date.weekday)
        return days.isAny || weekdays.isAny ? byDay && byWeekday : byDay || byWeekday
    }

    /// The first minute that matches at or after a time, both in seconds since 1970 of a clock that never changes.
    func firstMatch(atOrAfter seconds: Int) -> Int {
        let wall = WallTime(seconds: seconds + 59)
        if matches(wall.date), let minute = firstMinute(atOrAfter: wall.secondOfDay / 60) {
            return wall.date.dayNumber * WallTime.secondsPerDay + minute * 60
        }
        let minute = firstMinute(atOrAfter: 0) ?? 0
        return firstDay(after: wall.date) * WallTime.secondsPerDay + minute * 60
    }

    /// The first minute of the day that matches at or after another.
    private func firstMinute(atOrAfter minute: Int) -> Int? {
        let hour = minute / 60
        if hours.contains(hour), let rest = minutes.first(atOrAfter: minute % 60) {
            return hour * 60 + rest
        }
        guard let hour = hours.first(atOrAfter: hour + 1), let rest = minutes.first(atOrAfter: 0) else {
            return nil
        }
        return hour * 60 + rest
    }

    private func firstDay(after date: CivilDate) -> Int {
        var number = date.dayNumber + 1
        while true {
            let date = CivilDate(dayNumber: number)
            if matches(date) { return number }
            // Some month has the day: the initialiser has seen to it.
            number = months.contains(date.month) ? number + 1 : date.startOfNextMonth.dayNumber
        }
    }
}
