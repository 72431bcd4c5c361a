import HTTPTypes
import Hummingbird
import NIOCore
import Serving

extension Response {
    /// An answer from its content.
    init(_ content: AnswerContent, status: HTTPResponse.Status = .ok) {
        self.init(
            status: status, headers: content.fields, body: ResponseBody(byteBuffer: ByteBuffer(bytes: content.bytes)))
    }

    /// The fields of every JSON answer.
    static let jsonFields: HTTPFields = [.contentType: "application/json"]

    /// A JSON answer, from its bytes.
    static func json(status: HTTPResponse.Status = .ok, _ bytes: [UInt8]) -> Response {
        Response(status: status, headers: jsonFields, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// A JSON answer, from its text.
    static func json(status: HTTPResponse.Status = .ok, _ text: String) -> Response {
        Response(status: status, headers: jsonFields, body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    /// The form in which the web framework below KServe's server reports what never reached it: `{"detail":"..."}`.
    static func detail(_ status: HTTPResponse.Status, _ message: String) -> Response {
        object(status, "detail", message)
    }

    private static func object(_ status: HTTPResponse.Status, _ name: String, _ value: String) -> Response {
        json(status: status, object(name, value))
    }

    /// An object of one string.
    static func object(_ name: String, _ value: String) -> [UInt8] {
        var writer = JSONWriter(capacity: 32 + value.utf8.count)
        writer.raw("{")
        writer.key(name)
        writer.string(value)
        writer.raw("}")
        return writer.bytes
    }

    /// The same head without the body, for `HEAD`.
    func headOnly() -> Response { createHeadResponse() }
}
