import JSON

/// How answers to CloudEvents are told, by the names of KServe's variables.
public struct CloudEventSettings: Hashable, Sendable {
    /// The type of answers (`CE_TYPE`).
    public var type = "io.kserve.inference.response"
    /// The source of answers (`CE_SOURCE`); nil is `io.kserve.inference.` and the model's name.
    public var source: String?
    /// Whether answers have the attributes of their requests, but for `id` and `time` (`CE_MERGE`).
    public var mergesAttributes = false

    /// The defaults.
    public init() {}
}

/// The attributes of an event (CloudEvents 1.0), in which a request or an answer of the V1 protocol lies.
package struct CloudEvent: Hashable, Sendable {
    /// The attributes, by name.
    package private(set) var attributes: [String: String]

    /// An event of a request.
    ///
    /// - Throws: ``ServingError`` with KServe's words if an attribute that every event has is missing.
    package init(attributes: [String: String]) throws(ServingError) {
        for name in ["specversion", "id", "source", "type"] where attributes[name, default: ""].isEmpty {
            throw ServingError(.malformedRequest, "Cloud Event Exceptions: Missing required attribute: '\(name)'")
        }
        self.attributes = attributes
    }

    /// Reads the attributes of a structured event: its members that are strings, but for `data`.
    package init(structured body: Span<UInt8>) throws(ServingError) {
        var reader = RequestReader(body)
        var attributes: [String: String] = [:]
        guard reader.take(JSONByte.openBrace) else {
            throw ServingError(.malformedRequest, "Cloud Event Exceptions: the event is not a JSON object")
        }
        if !reader.take(JSONByte.closeBrace) {
            repeat {
                let name = reader.text(try reader.readKey())
                if reader.peek() == JSONByte.quote, name != "data" {
                    attributes[name] = reader.text(try reader.scanString())
                } else {
                    try reader.skipValue(depth: 1)
                }
            } while try reader.takeSeparator(closing: JSONByte.closeBrace)
        }
        try reader.expectEnd()
        try self.init(attributes: attributes)
    }

    /// The event of the answer.
    ///
    /// - Parameters:
    ///   - model: the name of the model that answered.
    ///   - time: now, in RFC 3339.
    package func answer(of model: String, _ settings: CloudEventSettings, time: String) -> CloudEvent {
        var answer = self
        if !settings.mergesAttributes {
            answer.attributes = [
                "specversion": "1.0", "type": settings.type,
                "source": settings.source ?? "io.kserve.inference.\(model)",
            ]
        }
        answer.attributes["datacontenttype"] = nil
        answer.attributes["id"] = Self.newID()
        answer.attributes["time"] = time
        return answer
    }

    /// The event as a structured one, around its data.
    package func encoded(data: [UInt8]) -> [UInt8] {
        var writer = JSONWriter(capacity: 256 + data.count)
        writer.raw("{\"datacontenttype\":\"application/json\"")
        for (name, value) in attributes.sorted(by: { $0.key < $1.key }) {
            writer.raw(",")
            writer.key(name)
            writer.string(value)
        }
        writer.raw(",\"data\":")
        writer.append(data)
        writer.raw("}")
        return writer.bytes
    }

    /// A random UUID (RFC 9562, version 4).
    private static func newID() -> String {
        let high = UInt64.random(in: 0 ... .max) & ~0xF000 | 0x4000
        let low = UInt64.random(in: 0 ... .max) & ~(0b11 << 62) | 0b10 << 62
        func digits(_ word: UInt64) -> String {
            String(repeating: "0", count: word.leadingZeroBitCount / 4) + hex(word)
        }
        func hex(_ word: UInt64) -> String { word == 0 ? "" : String(word, radix: 16) }
        let text = Array(digits(high) + digits(low))
        return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(text[$0]) }.joined(separator: "-")
    }
}
