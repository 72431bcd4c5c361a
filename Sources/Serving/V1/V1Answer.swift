import JSON
package import Inference

/// The answer to a V1 request, ready to be written.
package struct V1Answer: Sendable {
    /// A member of the answer.
    package struct Member: Sendable {
        let name: String
        let answer: Answer

        /// A member by its name.
        package init(name: String, answer: Answer) {
            self.name = name
            self.answer = answer
        }
    }

    /// `predictions`.
    let predictions: Answer
    /// `,"model_name":...` as bytes; empty if the answer is not to say it.
    let identity: [UInt8]
    /// What follows: probabilities and the outputs that were asked for.
    let others: [Member]

    /// An answer.
    ///
    /// - Parameters:
    ///   - identity: members that say which model answered, as bytes that begin with a comma; none by default.
    ///   - others: the members that follow.
    package init(predictions: Answer, identity: [UInt8] = [], others: [Member]) {
        self.predictions = predictions
        self.identity = identity
        self.others = others
    }

    /// The answer as JSON.
    package func encoded() -> [UInt8] {
        var writer = JSONWriter(capacity: 64 + identity.count + 20 * predictions.count)
        writer.raw("{\"predictions\":")
        writer.answer(predictions)
        for byte in identity { writer.raw(byte) }
        for member in others {
            writer.raw(JSONByte.comma)
            writer.key(member.name)
            writer.answer(member.answer)
        }
        writer.raw(JSONByte.closeBrace)
        return writer.bytes
    }
}

extension Answer {
    /// The number of values.
    fileprivate var count: Int {
        switch self {
        case .array(let output): output.values.count
        case .perTarget(let outputs): outputs.reduce(0) { $0 + $1.values.count }
        }
    }
}

extension JSONWriter {
    /// Writes an answer as nested lists; the arrays of several targets as a list of them.
    mutating func answer(_ answer: Answer) {
        switch answer {
        case .array(let output): array(output)
        case .perTarget(let outputs): list(outputs.count) { writer, index in writer.array(outputs[index]) }
        }
    }

    /// Writes an array as lists nested as deeply as it has dimensions.
    private mutating func array(_ output: Output) {
        switch output.values {
        case .float64(let values): nested(output.shape[...], 0) { $0.number(values[$1]) }
        case .int64(let values): nested(output.shape[...], 0) { $0.integer(values[$1]) }
        case .bool(let values): nested(output.shape[...], 0) { $0.bool(values[$1]) }
        case .string(let values): nested(output.shape[...], 0) { $0.string(values[$1]) }
        }
    }

    /// Writes the part of an array that begins at an element.
    private mutating func nested(
        _ shape: ArraySlice<Int>,
        _ start: Int,
        _ element: (inout JSONWriter, Int) -> Void
    ) {
        guard let count = shape.first else { return element(&self, start) }
        let inner = shape.dropFirst()
        let stride = inner.reduce(1, *)
        list(count) { writer, index in writer.nested(inner, start + index * stride, element) }
    }

    private mutating func list(_ count: Int, _ item: (inout JSONWriter, Int) -> Void) {
        raw(JSONByte.openBracket)
        for index in 0..<count {
            if index > 0 { raw(JSONByte.comma) }
            item(&self, index)
        }
        raw(JSONByte.closeBracket)
    }
}
