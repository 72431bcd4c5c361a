import ModelStore
import Reports

extension JSONValue {
    /// A report for programs.
    init(_ report: TrainingReport) { self = .object(Object(report.fields)) }

    /// A part of a report.
    fileprivate init(_ value: ReportField.Value) {
        switch value {
        case .null: self = .null
        case .bool(let flag): self = .bool(flag)
        case .integer(let number): self = .integer(number)
        case .number(let number): self = .double(number)
        case .text(let text): self = .string(text)
        case .list(let values): self = .array(values.map { JSONValue($0) })
        case .fields(let fields): self = .object(Object(fields))
        }
    }
}

extension JSONValue.Object {
    /// The parts of a report by name.
    fileprivate init(_ fields: [ReportField]) {
        self.init(fields.map { Member($0.name, JSONValue($0.value)) })
    }
}
