import CivilTime
import Testing

@Suite("Civil dates")
struct CivilDateTests {
    private func length(ofMonth month: Int, _ year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    @Test("Every day of 1 200 years follows the day before it, in both directions of the count")
    func days() {
        var expected = CivilDate(year: 1370, month: 1, day: 1)
        let first = expected.dayNumber
        var weekday = expected.weekday
        for number in first..<first + 3 * 146_097 {
            let date = CivilDate(dayNumber: number)
            guard date == expected, date.dayNumber == number, date.weekday == weekday else {
                Issue.record("day \(number) is \(date)")
                return
            }
            weekday = (weekday + 1) % 7
            if expected.day < length(ofMonth: expected.month, expected.year) {
                expected = CivilDate(year: expected.year, month: expected.month, day: expected.day + 1)
            } else {
                expected = expected.startOfNextMonth
            }
        }
        #expect(expected == CivilDate(year: 2570, month: 1, day: 1))
    }

    @Test("The count begins on Thursday, the first of January 1970")
    func epoch() {
        #expect(CivilDate(dayNumber: 0) == CivilDate(year: 1970, month: 1, day: 1))
        #expect(CivilDate(dayNumber: 0).weekday == 4)
    }

    @Test("Years before the year 1 are counted on")
    func beforeCommonEra() {
        let lastDay = CivilDate(year: 0, month: 12, day: 31)
        #expect(CivilDate(dayNumber: lastDay.dayNumber + 1) == CivilDate(year: 1, month: 1, day: 1))
        #expect(
            CivilDate(year: -400, month: 3, day: 1).dayNumber == CivilDate(year: 0, month: 3, day: 1)
                .dayNumber - 146_097)
    }

    @Test(
        "A clock shows hours, minutes and seconds, before 1970 too",
        arguments: [0, 86_399, -1, -86_400, 1_767_492_061])
    func wallTime(seconds: Int) {
        let wall = WallTime(seconds: seconds)
        let time = wall.hour * 3_600 + wall.minute * 60 + wall.second
        #expect(wall.date.dayNumber * 86_400 + time == seconds)
        #expect(0..<24 ~= wall.hour && 0..<60 ~= wall.minute && 0..<60 ~= wall.second)
    }
}
