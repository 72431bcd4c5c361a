import CivilTime

/// Times as people read them, in UTC.
enum TimeText {
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// A time and its date, e.g. `2026-11-21 02:00 UTC`.
    static func full(_ seconds: Int) -> String { "\(compact(seconds)) UTC" }

    /// A time and its date, e.g. `2026-11-21 02:00`.
    static func compact(_ seconds: Int) -> String {
        let wall = wall(seconds)
        return "\(date(wall.date)) \(padded(wall.hour)):\(padded(wall.minute))"
    }

    /// A time as programs read it (RFC 3339), e.g. `2026-11-21T02:00:00Z`.
    static func rfc3339(_ seconds: Int) -> String {
        let wall = wall(seconds)
        return "\(date(wall.date))T\(padded(wall.hour)):\(padded(wall.minute)):\(padded(wall.second))Z"
    }

    /// A time of the day, e.g. `02:00`.
    static func timeOfDay(_ seconds: Int) -> String {
        let wall = wall(seconds)
        return "\(padded(wall.hour)):\(padded(wall.minute))"
    }

    /// A day, e.g. `21 Nov`.
    static func day(_ seconds: Int) -> String {
        let date = wall(seconds).date
        return "\(date.day) \(months[date.month - 1])"
    }

    /// A month, e.g. `Nov 2026`.
    static func month(_ seconds: Int) -> String {
        let date = wall(seconds).date
        return "\(months[date.month - 1]) \(date.year)"
    }

    private static func wall(_ seconds: Int) -> WallTime {
        // From the year 0 to 9999, so that a year has four digits.
        WallTime(seconds: min(max(seconds, -62_167_219_200), 253_402_300_799))
    }

    private static func date(_ date: CivilDate) -> String {
        let year = String(date.year)
        return String(repeating: "0", count: max(0, 4 - year.count))
            + "\(year)-\(padded(date.month))-\(padded(date.day))"
    }

    private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
