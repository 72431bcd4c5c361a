import Inference

/// Answers as CSV: a header, and a line a row.
struct AnswerTable {
    /// The table, each line ended.
    let text: String

    /// Columns of answers, named after their outputs; those of several numbers a row get `[index]` each.
    init(_ answers: [(name: String, answer: Answer)]) {
        var header: [String] = []
        var columns: [[String]] = []
        for (name, answer) in answers {
            switch answer {
            case .array(let output): Self.add(output, name, &header, &columns)
            case .perTarget(let outputs):
                for (target, output) in outputs.enumerated() {
                    Self.add(output, "\(name)[\(target)]", &header, &columns)
                }
            }
        }
        let rowCount = columns.first?.count ?? 0
        let lines = (0..<rowCount).map { row in columns.map { $0[row] }.joined(separator: ",") }
        text = ([header.joined(separator: ",")] + lines).map { $0 + "\n" }.joined()
    }

    private static func add(
        _ output: Output,
        _ name: String,
        _ header: inout [String],
        _ columns: inout [[String]]
    ) {
        let fields = fields(output.values)
        let width = output.shape.dropFirst().reduce(1, *)
        for column in 0..<width {
            header.append(output.shape.count == 1 ? name : "\(name)[\(column)]")
            columns.append(stride(from: column, to: fields.count, by: width).map { fields[$0] })
        }
    }

    private static func fields(_ values: OutputValues) -> [String] {
        switch values {
        case .float64(let values): values.map(\.description)
        case .int64(let values): values.map(\.description)
        case .bool(let values): values.map(\.description)
        case .string(let values): values.map(quoted)
        }
    }

    /// A field in quotes where it must be (RFC 4180).
    private static func quoted(_ text: String) -> String {
        guard text.contains(where: { ",\"\r\n".contains($0) }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
