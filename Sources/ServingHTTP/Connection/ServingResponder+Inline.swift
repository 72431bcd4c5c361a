import HTTPTypes
import Hummingbird
import NIOCore
import Serving

extension RequestTarget {
    /// Whether it may be answered on the thread that reads requests: it takes well under a millisecond.
    var isInline: Bool { if case .predict = self { true } else { false } }
}

extension ServingResponder {
    /// Answers an inline request whose body has been read, and counts it.
    func respond(to request: HTTPRequest, _ target: RequestTarget, body: ByteBuffer) -> (HTTPResponse, ByteBuffer) {
        meter.begin()
        var status = 200
        let content: [UInt8]
        do throws(ServingError) {
            content = try answer(target, request.headerFields, body)
        } catch {
            status = refuse(request, error)
            content = Response.object("error", error.message)
        }
        var fields = Response.jsonFields
        fields[.contentLength] = String(content.count)
        if let id = request.headerFields[.requestID] { fields[.requestID] = id }
        meter.end(target.route, status: status)
        return (HTTPResponse(status: .init(code: status), headerFields: fields), ByteBuffer(bytes: content))
    }

    private func answer(
        _ target: RequestTarget, _ fields: HTTPFields, _ body: ByteBuffer
    ) throws(ServingError) -> [UInt8] {
        guard case .predict(let name) = target else { throw ServingError(.notImplemented, "Not answered here.") }
        return try predict(name, fields, body)
    }
}
