import ContentCodings
import HTTPTypes
import Hummingbird
import Serving

/// What an answer says, and the fields that say what it is.
struct AnswerContent {
    /// The fields.
    var fields = Response.jsonFields
    /// The body.
    var bytes: [UInt8]
    /// What answered, if a model did.
    var answered: AnsweredBy?

    /// JSON.
    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Why there is no answer.
    init(refusing error: ServingError) {
        bytes = Response.object("error", error.message)
        fields = error.answerFields
    }

    /// The same, compressed if that is worth it and the client accepts it.
    ///
    /// - Parameters:
    ///   - fields: those of the request.
    ///   - minimum: the shortest body, in bytes, that is worth it.
    func compressed(for fields: some RequestFields, from minimum: Int) -> AnswerContent {
        guard bytes.count >= minimum, let accepted = fields.value(of: "accept-encoding"),
            let coding = ContentCoding.preferred(accepted)
        else { return self }
        var content = self
        content.bytes = coding.encoded(bytes)
        content.fields[.contentEncoding] = coding.rawValue
        content.fields[.vary] = "Accept-Encoding"
        return content
    }
}
