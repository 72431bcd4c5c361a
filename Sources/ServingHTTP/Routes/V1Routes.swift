import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Serving

/// KServe's V1 protocol.
extension ServingResponder {
    /// `GET /v1/models`: the names of all models, ready or not.
    func models() -> Response {
        var writer = JSONWriter()
        writer.raw("{\"models\":[")
        for (index, name) in v1.registry.names.enumerated() {
            if index > 0 { writer.raw(",") }
            writer.string(name)
        }
        writer.raw("]}")
        return .json(writer.bytes)
    }

    /// `GET /v1/models/{name}`: whether it answers, which versions do, and what is wrong, if something is.
    func model(_ name: String) throws(ServingError) -> Response {
        let deployment = try v1.registry.deployment(name)
        var writer = JSONWriter()
        writer.raw("{\"name\":")
        writer.string(name)
        writer.raw(",\"ready\":true")
        if deployment.versions.contains(where: { $0.model.version != nil }) {
            writer.raw(",\"versions\":[")
            for (index, version) in deployment.versions.enumerated() {
                if index > 0 { writer.raw(",") }
                write(version, to: &writer)
            }
            writer.raw("]")
        }
        if let problem = deployment.problem {
            writer.raw(",\"problem\":")
            writer.string(problem)
        }
        writer.raw("}")
        return .json(writer.bytes)
    }

    private func write(_ version: Deployment.Version, to writer: inout JSONWriter) {
        writer.raw("{\"version\":")
        writer.string(version.model.version ?? "")
        writer.raw(",\"role\":")
        writer.string(version.role)
        if let percent = version.percent {
            writer.raw(",\"percent\":")
            writer.number(percent)
        }
        writer.raw("}")
    }

    /// `POST /v1/models/{name}:predict`; any media type will do, as long as the body is JSON.
    func predict(
        _ name: String, _ request: Request, _ trail: inout RequestTrail
    ) async throws(ServingError) -> Response {
        let content = try await admitted(request, to: name, limit: settings.maximumBodyBytes, &trail) {
            body throws(ServingError) in
            let fields = request.headers
            let reply = try eventReply(name, fields, body)
            let prediction = try await v1.predictTogether(name, body: body.readableBytesUInt8Span) {
                fields.value(of: $0)
            }
            return answerContent(prediction, name, fields, reply)
        }
        trail.answer = content
        return Response(content)
    }

    /// The answer, at once, to a prediction whose body has been read.
    func predict(
        _ name: String, _ fields: some RequestFields, _ body: ByteBuffer
    ) throws(ServingError) -> AnswerContent {
        let reply = try eventReply(name, fields, body)
        let prediction = try v1.predict(name, body: body.readableBytesUInt8Span) { fields.value(of: $0) }
        return answerContent(prediction, name, fields, reply)
    }

    /// What makes the answer an event, if the request is one.
    private func eventReply(
        _ name: String, _ fields: some RequestFields, _ body: ByteBuffer
    ) throws(ServingError) -> ((AnswerContent) -> AnswerContent)? {
        guard let form = CloudEventForm(fields) else { return nil }
        let event = try form.event(fields, body)
        return { content in
            let time = Timestamp.text(nanoseconds: Clocks.wallNanoseconds())
            return form.wrap(content, in: event.answer(of: name, settings.cloudEvents, time: time))
        }
    }

    private func answerContent(
        _ prediction: V1Service.Prediction, _ name: String, _ fields: some RequestFields,
        _ reply: ((AnswerContent) -> AnswerContent)?
    ) -> AnswerContent {
        logLatency(prediction.answered.times, name, fields)
        var content = AnswerContent(prediction.body)
        content.answered = prediction.answered
        return (reply?(content) ?? content).compressed(for: fields, from: settings.minimumCompressedBytes)
    }

    /// KServe's line for each request, if it is wanted.
    func logLatency(_ times: PredictionTimes, _ name: String, _ fields: some RequestFields) {
        guard settings.logsLatency else { return }
        let id = fields.requestID?.logged ?? "N.A."
        logger.info(
            """
            requestId: \(id), preprocess_ms: \(milliseconds(times.preprocess)), explain_ms: 0, \
            predict_ms: \(milliseconds(times.predict)), postprocess_ms: \(milliseconds(times.postprocess))
            """,
            metadata: ["request_id": "\(id)", "model": "\(name)"]
        )
    }

    private func milliseconds(_ nanoseconds: Int64) -> Double { Double(nanoseconds) / 1_000_000 }
}
