import CivilTime
import Schedules
import Testing

@Suite("Cron expressions")
struct CronExpressionTests {
    /// 2026-01-01T00:00:00Z, a Thursday.
    private let newYear = 1_767_225_600

    private func fires(_ text: String, count: Int = 4) throws -> [Int] {
        let expression = try CronExpression(parsing: text)
        var instants = [newYear - 1]
        for _ in 0..<count {
            instants.append(expression.nextFire(after: instants[instants.count - 1]) { _ in 0 })
        }
        return Array(instants.dropFirst())
    }

    @Test(
        "What is spelled in another way fires at the same times",
        arguments: [
            ("0 0 1 jan *", "@yearly"), ("0 0 1 1 *", "@annually"), ("0 0 1 * *", "@monthly"),
            ("0 0 * * 7", "@weekly"),
            ("0 0 * * *", "@daily"), ("0 0 * * *", "@MIDNIGHT"), ("0 * * * *", "@hourly"),
            ("*/15 * * * *", "0,15,30,45 * * * *"), ("5/20 0 * * *", "5,25,45 0 * * *"),
            ("10-40/15 * * * *", "10,25,40 * * * *"), ("0 0 * * 6-7", "0 0 * * sun,SAT"),
            ("0 0 * * fri-sun", "0 0 * * 5,6,0"), ("0 0 * * */2", "0 0 * * 0,2,4,6"),
            ("0 0 1-7 * Mon-Fri", "\t0  0 1,2,3,4,5,6,7 * 1-5 "), ("0 0 13 */1 5", "0 0 13 * FRI"),
            ("00 02 * * 0", "0 2 * * sun"),
        ])
    func spellings(text: String, other: String) throws {
        #expect(try fires(text, count: 40) == fires(other, count: 40))
    }

    @Test("Either day field may match if both are restricted, both must if one is not")
    func days() throws {
        let day = 86_400
        // January 2026 has its Fridays on the 2nd, 9th, 16th, 23rd and 30th.
        #expect(try fires("0 0 13 1 fri").map { ($0 - newYear) / day + 1 } == [2, 9, 13, 16])
        #expect(try fires("0 0 * 1 fri").map { ($0 - newYear) / day + 1 } == [2, 9, 16, 23])
        #expect(try fires("0 0 13 1 *", count: 1).map { ($0 - newYear) / day + 1 } == [13])
        #expect(try fires("0 0 */10 1 fri").map { ($0 - newYear) / day + 1 } == [1, 2, 9, 11])
    }

    @Test("Days that few years have are found, even across 2100, which is no leap year")
    func leapDays() throws {
        let expression = try CronExpression(parsing: "0 0 29 2 *")
        let fire = expression.nextFire(
            after: CivilDate(year: 2096, month: 2, day: 29).dayNumber * 86_400
        ) { _ in 0 }
        #expect(fire == CivilDate(year: 2104, month: 2, day: 29).dayNumber * 86_400)
    }

    @Test(
        "Instants beyond all calendars are answered, and clocks beyond all zones are taken for the nearest"
    )
    func extremes() throws {
        let expression = try CronExpression(parsing: "0 2 * * 0")
        for instant in [Int.min, .max] {
            for offset in [Int.min, 0, .max] {
                let fire = expression.nextFire(after: instant) { _ in offset }
                #expect(instant == .min ? fire < -62_134_000_000 : fire > 253_402_200_000)
            }
        }
    }

    @Test("An expression is told again as it was read, with single spaces")
    func description() throws {
        #expect(try CronExpression(parsing: " 0 2  * *\tsun ").description == "0 2 * * sun")
        #expect(try CronExpression(parsing: "@weekly").description == "@weekly")
    }

    @Test(
        "What is no expression says where, and what would be right",
        arguments: [
            ("", ScheduleError.Code.wrongFieldCount, "this one has 0"),
            ("0 2 * *", .wrongFieldCount, "has five fields"),
            ("0 0 2 * * 0", .wrongFieldCount, "this one has 6"),
            ("@reboot", .unknownName, #""@reboot" is none of @annually, @daily"#),
            ("60 2 * * 0", .malformedField, #"the field minute: "60" is not a number from 0 to 59"#),
            ("0 24 * * *", .malformedField, #"the field hour: "24" is not a number from 0 to 23"#),
            (
                "0 0 0 * *", .malformedField,
                #"the field day of the month: "0" is not a number from 1 to 31"#
            ),
            (
                "0 0 * 13 *", .malformedField,
                #""13" is not a number from 1 to 12 or a name from jan to dec"#
            ),
            ("0 0 * * 8", .malformedField, #""8" is not a number from 0 to 7 or a name from sun to sat"#),
            ("0 0 * * sunday", .malformedField, #""sunday" is not"#),
            ("+5 * * * *", .malformedField, #""+5" is not"#),
            ("-5 * * * *", .malformedField, #""" is not"#),
            ("5,, * * * *", .malformedField, #""" is not"#),
            ("5- * * * *", .malformedField, #""" is not"#),
            ("1-2-3 * * * *", .malformedField, #""2-3" is not"#),
            ("99999999999999999999 * * * *", .malformedField, "is not a number"),
            (
                "0 22-2 * * *", .malformedField,
                #"the range "22-2" ends before it begins; write 22-23,0-2 if"#
            ),
            ("*/0 * * * *", .malformedField, #"the step "0" is not a number from 1 to 59"#),
            ("*/90 * * * *", .malformedField, #"the step "90" is not"#),
            ("*/ * * * *", .malformedField, #"the step """#),
            ("*/2/3 * * * *", .malformedField, #"the step "2/3""#),
            ("**/2 * * * *", .malformedField, #""**" is not"#),
            (
                "0 0 30 2 *", .neverFires, #""0 0 30 2 *" would never run: none of its months has a day 30"#
            ),
            ("0 0 31 4,6,9,11 *", .neverFires, "none of its months has a day 31"),
        ])
    func malformed(text: String, code: ScheduleError.Code, sentence: String) {
        let error = #expect(throws: ScheduleError.self) { try CronExpression(parsing: text) }
        #expect(error?.code == code)
        #expect(error?.message.contains(sentence) == true, "\(error?.message ?? "")")
    }

    @Test("A day that no month has is no mistake beside a day of the week")
    func impossibleDayOrWeekday() throws {
        #expect(try fires("0 0 30 2 mon") == fires("0 0 * 2 mon"))
    }
}
