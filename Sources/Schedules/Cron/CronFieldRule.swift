/// What one of the five fields may hold.
struct CronFieldRule: Sendable {
    /// What the field is called in sentences.
    let title: String
    let range: ClosedRange<Int>
    /// Names of values in lower case, the first of which stands for the lowest value of the range.
    let names: [String]

    static let minute = CronFieldRule(title: "minute", range: 0...59, names: [])
    static let hour = CronFieldRule(title: "hour", range: 0...23, names: [])
    static let day = CronFieldRule(title: "day of the month", range: 1...31, names: [])
    static let month = CronFieldRule(
        title: "month", range: 1...12,
        names: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"])
    /// Sunday is 0 and 7.
    static let weekday = CronFieldRule(
        title: "day of the week", range: 0...7,
        names: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"])

    /// Reads a list such as `*/15`, `1-5,10` or `mon-fri`.
    func field(parsing text: Substring) throws(ScheduleError) -> CronField {
        var values: Set<Int> = []
        for element in text.split(separator: ",", omittingEmptySubsequences: false) {
            values.formUnion(try self.values(parsing: element))
        }
        // Both of Sunday's numbers are 0 from here on.
        if range.upperBound == 7, values.remove(7) != nil { values.insert(0) }
        return CronField(values: values, isAny: text == "*" || text == "*/1")
    }

    private func values(parsing element: Substring) throws(ScheduleError) -> [Int] {
        let parts = element.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        let span = parts[0]
        guard parts.count == 2 else {
            guard span != "*" else { return Array(range) }
            let bounds = try self.bounds(parsing: span)
            return Array(bounds.lower...(bounds.upper ?? bounds.lower))
        }
        let bounds = span == "*" ? (range.lowerBound, range.upperBound) : try self.bounds(parsing: span)
        let step = try self.step(parsing: parts[1])
        // A step behind a single value counts on to the end of the range, as in Kubernetes' CronJobs.
        return Array(stride(from: bounds.lower, through: bounds.upper ?? lastValue, by: step))
    }

    /// The last value that is no second name of another.
    private var lastValue: Int { range.upperBound == 7 ? 6 : range.upperBound }

    /// Reads `5`, `1-5` or `mon-fri`; a single value has no upper bound.
    private func bounds(parsing span: Substring) throws(ScheduleError) -> (lower: Int, upper: Int?) {
        let ends = span.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        let lower = try value(parsing: ends[0])
        guard ends.count == 2 else { return (lower, nil) }
        // A week that ends with `sun` ends with its seventh day.
        let upper =
            range.upperBound == 7 && ends[1].lowercased() == "sun" ? 7 : try value(parsing: ends[1])
        guard lower <= upper else {
            throw malformed(
                "the range \(span.debugDescription) ends before it begins; write \(ends[0])-\(range.upperBound),"
                    + "\(range.lowerBound)-\(ends[1]) if that is meant")
        }
        return (lower, upper)
    }

    private func value(parsing text: Substring) throws(ScheduleError) -> Int {
        if let index = names.firstIndex(of: text.lowercased()) { return range.lowerBound + index }
        guard let value = Self.number(text), range.contains(value) else {
            var kinds = "a number from \(range.lowerBound) to \(range.upperBound)"
            if let first = names.first, let last = names.last {
                kinds += " or a name from \(first) to \(last)"
            }
            throw malformed("\(shown(text)) is not \(kinds)")
        }
        return value
    }

    private func step(parsing text: Substring) throws(ScheduleError) -> Int {
        guard let step = Self.number(text), step >= 1, step <= range.upperBound - range.lowerBound
        else {
            throw malformed(
                "the step \(shown(text)) is not a number from 1 to \(range.upperBound - range.lowerBound)")
        }
        return step
    }

    /// Digits and nothing else, where `Int` would take a sign.
    private static func number(_ text: Substring) -> Int? {
        text.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 } ? Int(text) : nil
    }

    private func malformed(_ complaint: String) -> ScheduleError {
        ScheduleError(.malformedField, "the field \(title): \(complaint)")
    }

    private func shown(_ text: Substring) -> String { text.prefix(40).debugDescription }
}
