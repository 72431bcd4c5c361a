import Access
import HTTPTypes
import Hummingbird
import NIOCore
import Serving

extension RequestTarget {
    /// Whether it may be answered on the thread that reads requests: it takes well under a millisecond.
    var isInline: Bool {
        switch self {
        case .predict, .infer: true
        default: false
        }
    }
}

extension ServingResponder {
    /// Whether requests for a target wait for each other, which no event loop may.
    func gathers(_ target: RequestTarget) -> Bool {
        switch target {
        case .predict(let name), .infer(let name, _): v1.gathers(name)
        default: false
        }
    }

    /// Answers an inline request, and counts it.
    ///
    /// - Returns: the answer as HTTP/1.1 writes it.
    func respond(to request: PlainRequest) -> ByteBuffer {
        respond(to: request, body: request.body) { request throws(ServingError) in try answer(request) }
    }

    /// The same for a request that is not answered, for a reason, and whose body is not read.
    func refuse(_ request: PlainRequest, _ error: ServingError) -> ByteBuffer {
        respond(to: request, body: nil) { _ throws(ServingError) in throw error }
    }

    private func respond(
        to request: PlainRequest, body: ByteBuffer?, _ answer: (PlainRequest) throws(ServingError) -> AnswerContent
    ) -> ByteBuffer {
        meter.begin()
        var trail = observer.map { _ in RequestTrail(body: body) }
        var status = 200
        var content: AnswerContent
        do throws(ServingError) {
            let client = try gate?.check(request.target.need) { request.fields.value(of: $0) }
            trail?.client = client
            trail?.isLetIn = true
            content = try answer(request)
        } catch {
            status = refuse(error, path: request.path, id: request.requestID)
            content = AnswerContent(refusing: error)
        }
        meter.end(request.target.route, status: status)
        if let observer, var trail = trail.take() {
            trail.answer = content
            trail.tell(
                observer, method: "POST", path: request.path, request.target, request.fields, status: status,
                byteCount: content.bytes.count)
        }
        return Self.message(status, id: request.requestID, content)
    }

    private func answer(_ request: PlainRequest) throws(ServingError) -> AnswerContent {
        switch request.target {
        case .predict(let name): return try predict(name, request.fields, request.body)
        case .infer(let name, let version): return try infer(name, version, request.fields, request.body)
        default: throw ServingError(.notImplemented, "Not answered here.")
        }
    }

    /// The bytes of an answer.
    private static func message(_ status: Int, id: String?, _ content: AnswerContent) -> ByteBuffer {
        var bytes = ByteBufferAllocator().buffer(capacity: 192 + (id?.utf8.count ?? 0) + content.bytes.count)
        if status == 200 {
            bytes.writeStaticString("HTTP/1.1 200 OK\r\n")
        } else {
            bytes.writeString("HTTP/1.1 \(status) \(HTTPResponse.Status(code: status).reasonPhrase)\r\n")
        }
        for field in content.fields { bytes.write(field.name.rawName, field.value) }
        if let id { bytes.write("X-Request-ID", id) }
        bytes.write("Content-Length", String(content.bytes.count))
        bytes.writeStaticString("\r\n")
        bytes.writeBytes(content.bytes)
        return bytes
    }
}

extension ByteBuffer {
    /// Writes a field's line.
    fileprivate mutating func write(_ name: String, _ value: String) {
        writeString(name)
        writeStaticString(": ")
        writeString(value)
        writeStaticString("\r\n")
    }
}
