/// A part of a report as a program reads it: a name and a value. Whoever writes JSON writes these as they are.
package struct ReportField: Hashable, Sendable {
    /// What there is in a report.
    package indirect enum Value: Hashable, Sendable {
        case null
        case bool(Bool)
        case integer(Int)
        /// A number; not finite where there is none.
        case number(Double)
        case text(String)
        case list([Value])
        case fields([ReportField])
    }

    /// The name.
    package let name: String
    /// The value.
    package let value: Value

    init(_ name: String, _ value: Value) {
        self.name = name
        self.value = value
    }

    init(_ name: String, _ text: String) { self.init(name, .text(text)) }
    init(_ name: String, _ number: Int) { self.init(name, .integer(number)) }
    init(_ name: String, _ number: Double) { self.init(name, .number(number)) }
    init(_ name: String, _ texts: [String]) { self.init(name, .list(texts.map { .text($0) })) }
    init(_ name: String, _ numbers: [Double]) { self.init(name, .list(numbers.map { .number($0) })) }
    /// A map whose names come from elsewhere: a name that has been before is numbered, so that nothing is lost.
    init(_ name: String, map fields: [ReportField]) {
        var counts: [String: Int] = [:]
        let unique = fields.map { field in
            counts[field.name, default: 0] += 1
            let count = counts[field.name, default: 1]
            return count == 1 ? field : ReportField("\(field.name) (\(count))", field.value)
        }
        self.init(name, .fields(unique))
    }
    init(_ name: String, time: Int) { self.init(name, .text(TimeText.rfc3339(time))) }
    init(_ name: String, objects: [[ReportField]]) { self.init(name, .list(objects.map { .fields($0) })) }
}
