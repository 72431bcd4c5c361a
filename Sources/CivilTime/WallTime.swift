/// A date and the time of the day, as a clock on the wall of UTC or of any other zone shows it.
package struct WallTime: Hashable, Sendable {
    /// The date.
    package let date: CivilDate
    /// The second of the day, 0 to 86 399.
    package let secondOfDay: Int

    /// Seconds in a day; civil time knows no leap seconds.
    package static let secondsPerDay = 86_400

    /// What the clock shows some seconds after 1970-01-01T00:00:00 of the same clock.
    package init(seconds: Int) {
        let day = seconds.flooredQuotient(by: Self.secondsPerDay)
        date = CivilDate(dayNumber: day)
        secondOfDay = seconds - day * Self.secondsPerDay
    }

    /// The hour, 0 to 23.
    package var hour: Int { secondOfDay / 3_600 }
    /// The minute, 0 to 59.
    package var minute: Int { secondOfDay / 60 % 60 }
    /// The second, 0 to 59.
    package var second: Int { secondOfDay % 60 }
}
