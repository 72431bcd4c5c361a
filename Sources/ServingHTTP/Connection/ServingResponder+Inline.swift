import HTTPTypes
import Hummingbird
import NIOCore
import Serving

extension RequestTarget {
    /// Whether it may be answered on the thread that reads requests: it takes well under a millisecond.
    var isInline: Bool { if case .predict = self { true } else { false } }
}

extension ServingResponder {
    /// Answers an inline request, and counts it.
    ///
    /// - Returns: the answer as HTTP/1.1 writes it.
    func respond(to request: PlainRequest) -> ByteBuffer {
        meter.begin()
        var status = 200
        let content: [UInt8]
        do throws(ServingError) {
            content = try answer(request)
        } catch {
            status = refuse(error, path: request.path, id: request.requestID)
            content = Response.object("error", error.message)
        }
        meter.end(request.target.route, status: status)
        return Self.message(status, id: request.requestID, content)
    }

    private func answer(_ request: PlainRequest) throws(ServingError) -> [UInt8] {
        guard case .predict(let name) = request.target else {
            throw ServingError(.notImplemented, "Not answered here.")
        }
        return try predict(name, request.body, id: request.requestID, header: request.header)
    }

    /// The bytes of an answer in JSON.
    private static func message(_ status: Int, id: String?, _ content: [UInt8]) -> ByteBuffer {
        var bytes = ByteBufferAllocator().buffer(capacity: 128 + (id?.utf8.count ?? 0) + content.count)
        if status == 200 {
            bytes.writeStaticString("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ")
        } else {
            let reason = HTTPResponse.Status(code: status).reasonPhrase
            bytes.writeString("HTTP/1.1 \(status) \(reason)\r\nContent-Type: application/json\r\nContent-Length: ")
        }
        bytes.writeString(String(content.count))
        if let id {
            bytes.writeStaticString("\r\nX-Request-ID: ")
            bytes.writeString(id)
        }
        bytes.writeStaticString("\r\n\r\n")
        bytes.writeBytes(content)
        return bytes
    }
}
