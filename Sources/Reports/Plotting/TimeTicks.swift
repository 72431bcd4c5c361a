import CivilTime

/// Round times along an axis, in UTC.
struct TimeTicks: Hashable {
    /// The times, in seconds since 1970, rising.
    let values: [Int]
    /// The times as they are written at the axis.
    let labels: [String]

    private static let day = WallTime.secondsPerDay
    private static let steps = [
        60, 300, 900, 1_800, 3_600, 3 * 3_600, 6 * 3_600, 12 * 3_600, day, 2 * day, 7 * day, 14 * day,
    ]

    /// At most so many times within a range of seconds since 1970.
    init(in range: ClosedRange<Int>, maximumCount: Int = 8) {
        let span = range.upperBound - range.lowerBound
        if let step = Self.steps.first(where: { span / $0 < maximumCount }) {
            values = Self.multiples(of: step, in: range)
            labels = values.map { value in
                let isMidnight = value.flooredQuotient(by: Self.day) * Self.day == value
                return isMidnight ? TimeText.day(value) : TimeText.timeOfDay(value)
            }
        } else {
            values = Self.months(in: range, maximumCount: maximumCount)
            labels = values.map(TimeText.month)
        }
    }

    private static func multiples(of step: Int, in range: ClosedRange<Int>) -> [Int] {
        // Weeks begin on Mondays; 1970 began on a Thursday.
        let shift = step % (7 * day) == 0 ? 4 * day : 0
        let first = (range.lowerBound - shift + step - 1).flooredQuotient(by: step) * step + shift
        return Array(stride(from: first, through: range.upperBound, by: step))
    }

    /// The first days of every month, every third, sixth, of every year or of every so many years.
    private static func months(in range: ClosedRange<Int>, maximumCount: Int) -> [Int] {
        let count = (range.upperBound - range.lowerBound) / (30 * day)
        let step = [1, 3, 6, 12].first { count / $0 < maximumCount } ?? (count / maximumCount / 12 + 1) * 12
        var date = WallTime(seconds: range.lowerBound).date
        var values: [Int] = []
        while date.dayNumber * day <= range.upperBound {
            let isTaken = date.day == 1 && (date.year * 12 + date.month - 1) % step == 0
            if isTaken, date.dayNumber * day >= range.lowerBound { values.append(date.dayNumber * day) }
            date = date.startOfNextMonth
        }
        return values
    }
}
