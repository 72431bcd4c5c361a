import HTTPTypes
import Hummingbird
import NIOCore
import Serving

/// The Open Inference Protocol.
extension ServingResponder {
    /// `GET /v2/health/ready`: whether every model answers.
    func serverReady() -> Response {
        v1.registry.obstacles.isEmpty
            ? .json("{\"ready\":true}") : .json(status: .serviceUnavailable, "{\"ready\":false}")
    }

    /// `GET /v2/models/{name}/ready`: whether a model, or a version of it, answers.
    func modelReady(_ name: String, _ version: String?) throws(ServingError) -> Response {
        try v2.checkReady(name, version: version)
        var writer = JSONWriter()
        writer.raw("{\"name\":")
        writer.string(name)
        writer.raw(",\"ready\":true}")
        return .json(writer.bytes)
    }

    /// `POST /v2/models/{name}/infer`.
    func infer(
        _ name: String, _ version: String?, _ request: Request, _ trail: inout RequestTrail
    ) async throws(ServingError) -> Response {
        let content = try await admitted(request, to: name, limit: settings.maximumBodyBytes, &trail) {
            body throws(ServingError) in
            let fields = request.headers
            let headerLength = try headerLength(fields)
            let inference = try await v2.inferTogether(
                name, version: version, body: body.readableBytesUInt8Span, headerLength: headerLength
            ) { fields.value(of: $0) }
            return answerContent(inference, name, fields)
        }
        trail.answer = content
        return Response(content)
    }

    /// The answer, at once, to an inference request whose body has been read.
    func infer(
        _ name: String, _ version: String?, _ fields: some RequestFields, _ body: ByteBuffer
    ) throws(ServingError) -> AnswerContent {
        let headerLength = try headerLength(fields)
        let inference = try v2.infer(
            name, version: version, body: body.readableBytesUInt8Span, headerLength: headerLength
        ) { fields.value(of: $0) }
        return answerContent(inference, name, fields)
    }

    /// How many bytes of the body are JSON, if others follow.
    private func headerLength(_ fields: some RequestFields) throws(ServingError) -> String? {
        let headerLength = fields.value(of: "inference-header-content-length")
        if headerLength == nil, fields.value(of: "content-type") == Self.rawContentType {
            throw ServingError(
                .malformedRequest,
                "received byte inputs, but the 'inference-header-content-length' header is missing.")
        }
        return headerLength
    }

    private func answerContent(
        _ inference: V2Service.Inference<InferResponse.Body>, _ name: String, _ fields: some RequestFields
    ) -> AnswerContent {
        logLatency(inference.answered.times, name, fields)
        var content = AnswerContent(inference.body.bytes)
        content.answered = inference.answered
        if let length = inference.body.headerLength {
            content.fields[.contentType] = Self.rawContentType
            content.fields[.inferenceHeaderLength] = String(length)
        }
        return content.compressed(for: fields, from: settings.minimumCompressedBytes)
    }

    /// The media type of bodies that hold raw tensors.
    private static let rawContentType = "application/octet-stream"
}

extension HTTPField.Name {
    /// How many bytes of a body are JSON, raw tensors following them (binary tensor data extension).
    static let inferenceHeaderLength: HTTPField.Name = {
        guard let name = HTTPField.Name("Inference-Header-Content-Length") else {
            preconditionFailure("a valid field name")
        }
        return name
    }()
}
