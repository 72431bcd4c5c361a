import Inference
import JSON

extension InferResponse {
    /// A body.
    package struct Body: Sendable {
        /// The bytes.
        package let bytes: [UInt8]
        /// How many of them are JSON, if raw tensors follow: the value of `Inference-Header-Content-Length`.
        package let headerLength: Int?
    }

    /// The answer as a REST body: JSON, and behind it the tensors that are wanted raw.
    ///
    /// - Parameter writesNulls: write `null` for what is not known, as KServe's server does, instead of nothing.
    package func encoded(writesNulls: Bool = false) -> Body {
        let raw = outputs.map { $0.isBinary ? $0.values.raw : [] }
        let estimate = outputs.reduce(0) { $0 + ($1.isBinary ? 0 : 20 * $1.values.count) }
        var writer = JSONWriter(capacity: 128 + 128 * outputs.count + estimate + raw.reduce(0) { $0 + $1.count })
        writer.raw("{\"model_name\":")
        writer.string(modelName)
        writer.optional("model_version", modelVersion, writesNulls)
        writer.optional("id", id, writesNulls)
        if writesNulls { writer.raw(",\"parameters\":null") }
        writer.raw(",\"outputs\":[")
        for (index, output) in outputs.enumerated() {
            if index > 0 { writer.raw(JSONByte.comma) }
            writer.tensor(output, rawCount: raw[index].count, writesNulls)
        }
        writer.raw("]}")
        guard outputs.contains(where: \.isBinary) else { return Body(bytes: writer.bytes, headerLength: nil) }
        let headerLength = writer.bytes.count
        for tensor in raw { writer.append(tensor) }
        return Body(bytes: writer.bytes, headerLength: headerLength)
    }
}

extension JSONWriter {
    fileprivate mutating func optional(_ name: String, _ value: String?, _ writesNull: Bool) {
        guard value != nil || writesNull else { return }
        raw(JSONByte.comma)
        key(name)
        if let value { string(value) } else { raw("null") }
    }

    fileprivate mutating func tensor(_ output: InferResponse.Output, rawCount: Int, _ writesNulls: Bool) {
        raw("{\"name\":")
        string(output.name)
        raw(",\"shape\":")
        integers(output.shape)
        raw(",\"datatype\":\"")
        raw(output.values.inferDatatype.rawValue)
        raw("\"")
        parameters(of: output, rawCount: rawCount, writesNulls)
        if !output.isBinary {
            raw(",\"data\":")
            elements(output.values)
        }
        raw(JSONByte.closeBrace)
    }

    private mutating func parameters(of output: InferResponse.Output, rawCount: Int, _ writesNulls: Bool) {
        guard output.isBinary || output.contentType != nil else {
            if writesNulls { raw(",\"parameters\":null") }
            return
        }
        raw(",\"parameters\":{")
        if let type = output.contentType {
            raw("\"content_type\":")
            string(type)
            if output.isBinary { raw(JSONByte.comma) }
        }
        if output.isBinary {
            raw("\"binary_data_size\":")
            integer(Int64(rawCount))
        }
        raw(JSONByte.closeBrace)
    }

    /// Writes a flat list of elements.
    private mutating func elements(_ values: OutputValues) {
        switch values {
        case .float64(let values): flat(values) { $0.number($1) }
        case .int64(let values): flat(values) { $0.integer($1) }
        case .bool(let values): flat(values) { $0.bool($1) }
        case .string(let values): flat(values) { $0.string($1) }
        }
    }

    mutating func integers(_ values: [Int]) { flat(values) { $0.integer(Int64($1)) } }

    @inline(always)
    private mutating func flat<Value>(_ values: [Value], _ write: (inout JSONWriter, Value) -> Void) {
        raw(JSONByte.openBracket)
        for index in values.indices {
            if index > 0 { raw(JSONByte.comma) }
            write(&self, values[index])
        }
        raw(JSONByte.closeBracket)
    }
}

extension OutputValues {
    /// The elements as a raw tensor: little-endian, row-major; each string behind its length in four bytes.
    package var raw: [UInt8] {
        var bytes: [UInt8] = []
        switch self {
        case .float64(let values):
            bytes.reserveCapacity(8 * values.count)
            for value in values { bytes.append(word: value.bitPattern) }
        case .int64(let values):
            bytes.reserveCapacity(8 * values.count)
            for value in values { bytes.append(word: UInt64(bitPattern: value)) }
        case .bool(let values): bytes = values.map { $0 ? 1 : 0 }
        case .string(let values):
            for value in values {
                let length = UInt32(value.utf8.count)
                for shift in [0, 8, 16, 24] { bytes.append(UInt8(truncatingIfNeeded: length >> UInt32(shift))) }
                bytes.append(contentsOf: value.utf8)
            }
        }
        return bytes
    }
}

extension [UInt8] {
    /// Appends eight bytes, the lowest first.
    @inline(always)
    fileprivate mutating func append(word: UInt64) {
        for shift in 0..<8 { append(UInt8(truncatingIfNeeded: word >> UInt64(8 * shift))) }
    }
}
