#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// Where a moment lies in its day and its week, in UTC.
struct CalendarPlace {
    /// The hours since midnight, with their fraction.
    let hour: Double
    /// The days since Monday 00:00, with their fraction.
    let weekday: Double

    init(_ time: Int) {
        let day = 86_400
        let second = ((time % day) + day) % day
        hour = Double(second) / 3600
        // 1970-01-01 was a Thursday.
        let days = (time - second) / day + 3
        weekday = Double(((days % 7) + 7) % 7) + Double(second) / Double(day)
    }

    /// A wave of a day, highest at 14:00.
    var dailyWave: Double { sin(2 * Double.pi * (hour - 8) / 24) }

    /// A wave of a week, highest on Tuesday evening and lowest on Saturday morning.
    var weeklyWave: Double { sin(2 * Double.pi * weekday / 7) }

    /// How far it is business: 1 on weekdays from 9 to 17, 0 otherwise, with half an hour of coming and going.
    var business: Double {
        guard weekday < 5 else { return 0 }
        return (rise(hour - 9) - rise(hour - 17)).clamped(0, 1)
    }

    private func rise(_ hours: Double) -> Double { 1 / (1 + exp(-8 * hours)) }
}

extension Double {
    /// The nearest number in a range.
    func clamped(_ least: Double, _ greatest: Double) -> Double { Swift.min(Swift.max(self, least), greatest) }
}
