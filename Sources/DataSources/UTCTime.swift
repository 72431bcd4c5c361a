/// Moments as people write them (ISO 8601), and as seconds since 1970-01-01 00:00 UTC.
enum UTCTime {
    /// Reads `2026-11-21`, `2026-11-21T10:15`, `2026-11-21 10:15:30.5Z` or `2026-11-21T10:15:30+01:00`; without a zone
    /// it is UTC. nil for anything else.
    static func seconds(_ text: String) -> Double? {
        var reader = FieldReader(text: text.utf8[...])
        guard let year = reader.number(digits: 4), reader.take("-"), let month = reader.number(digits: 2),
            reader.take("-"), let day = reader.number(digits: 2), isDay(year, month, day)
        else { return nil }
        let date = Double(days(year, month, day) * 86_400)
        if reader.isAtEnd { return date }
        guard reader.take("T") || reader.take("t") || reader.take(" "), let hour = reader.number(digits: 2),
            hour < 24, reader.take(":"), let minute = reader.number(digits: 2), minute < 60
        else { return nil }
        var time = Double(hour * 3600 + minute * 60)
        if reader.take(":") {
            // A leap second is read as the second that follows it.
            guard let second = reader.number(digits: 2), second <= 60, let fraction = reader.fraction() else {
                return nil
            }
            time += Double(second) + fraction
        }
        guard let offset = reader.zone(), reader.isAtEnd else { return nil }
        return date + time - Double(offset)
    }

    /// `2026-11-21T10:15:30Z`.
    static func text(_ seconds: Int) -> String {
        let day = 86_400
        let second = ((seconds % day) + day) % day
        let (year, month, dayOfMonth) = date((seconds - second) / day)
        let time = [second / 3600, second / 60 % 60, second % 60].map(twoDigits).joined(separator: ":")
        return "\(year)-\(twoDigits(month))-\(twoDigits(dayOfMonth))T\(time)Z"
    }

    private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    private static func isDay(_ year: Int, _ month: Int, _ day: Int) -> Bool {
        1...12 ~= month && day >= 1 && date(days(year, month, day)) == (year, month, day)
    }

    /// The days from 1970-01-01 to a day of the Gregorian calendar. Years are counted from March, so that a leap day is
    /// the last day of its year (P. Baum, "Date algorithms", 1998).
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let year = month > 2 ? year : year - 1
        let monthFromMarch = (month + 9) % 12
        return 365 * year + floored(year, 4) - floored(year, 100) + floored(year, 400)
            + (153 * monthFromMarch + 2) / 5 + day - 1 - 719_468
    }

    /// The day of the calendar that is so many days after 1970-01-01.
    private static func date(_ days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = floored(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = (monthFromMarch + 2) % 12 + 1
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }

    private static func floored(_ number: Int, _ divisor: Int) -> Int {
        number >= 0 ? number / divisor : (number - divisor + 1) / divisor
    }
}

/// What of a moment's text is left to read.
private struct FieldReader {
    var text: Substring.UTF8View

    var isAtEnd: Bool { text.isEmpty }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard text.first == UInt8(ascii: character) else { return false }
        text = text.dropFirst()
        return true
    }

    mutating func number(digits: Int) -> Int? {
        let prefix = text.prefix(digits)
        guard prefix.count == digits, prefix.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) else {
            return nil
        }
        text = text.dropFirst(digits)
        return Int(String(Substring(prefix)))
    }

    /// A point and digits, if a point comes next; nil if it is not followed by digits.
    mutating func fraction() -> Double? {
        guard take(".") else { return 0 }
        let digits = text.prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
        text = text.dropFirst(digits.count)
        return digits.isEmpty ? nil : Double("0." + String(Substring(digits)))
    }

    /// The seconds that the zone is ahead of UTC: `Z`, `+01:00`, `+0100`, `-05`, or nothing at all.
    mutating func zone() -> Int? {
        if isAtEnd || take("Z") || take("z") { return 0 }
        let sign = take("+") ? 1 : -1
        guard sign == 1 || take("-"), let hours = number(digits: 2), hours < 24 else { return nil }
        if isAtEnd { return sign * hours * 3600 }
        _ = take(":")
        guard let minutes = number(digits: 2), minutes < 60 else { return nil }
        return sign * (hours * 3600 + minutes * 60)
    }
}
