import HTTPTypes
import NIOCore
import Serving

/// How an event lies in a message (CloudEvents 1.0, HTTP protocol binding).
enum CloudEventForm: Equatable {
    /// Its attributes are fields of the header, its data is the body.
    case binary
    /// All of it is the body.
    case structured

    static let mediaType = "application/cloudevents+json"
    private static let prefix = "ce-"

    /// The form of a request's event; nil if it is none.
    init?(_ fields: some RequestFields) {
        if fields.value(of: "ce-specversion") != nil {
            self = .binary
        } else if let type = fields.value(of: "content-type"), type.lowercased().hasPrefix(Self.mediaType) {
            self = .structured
        } else {
            return nil
        }
    }

    /// The event of a request.
    func event(_ fields: some RequestFields, _ body: ByteBuffer) throws(ServingError) -> CloudEvent {
        guard self == .binary else { return try CloudEvent(structured: body.readableBytesUInt8Span) }
        return try CloudEvent(attributes: fields.values(withPrefix: Self.prefix))
    }

    /// An answer as the data of an event.
    func wrap(_ content: AnswerContent, in event: CloudEvent) -> AnswerContent {
        var content = content
        switch self {
        case .binary:
            for (name, value) in event.attributes {
                if let field = HTTPField.Name(Self.prefix + name) { content.fields[field] = value }
            }
        case .structured:
            content.fields[.contentType] = Self.mediaType
            content.bytes = event.encoded(data: content.bytes)
        }
        return content
    }
}
