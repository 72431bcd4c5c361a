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

    /// `GET /v1/models/{name}`.
    func model(_ name: String) throws(ServingError) -> Response {
        _ = try v1.registry.model(name)
        var writer = JSONWriter()
        writer.raw("{\"name\":")
        writer.string(name)
        writer.raw(",\"ready\":true}")
        return .json(writer.bytes)
    }

    /// `POST /v1/models/{name}:predict`; any media type will do, as long as the body is JSON.
    func predict(_ name: String, _ request: Request) async throws(ServingError) -> Response {
        let body = try await request.wholeBody(upTo: settings.maximumBodyBytes)
        let prediction = try v1.predict(name, body: body.readableBytesUInt8Span)
        if settings.logsLatency { logLatency(of: prediction, name, request) }
        return .json(prediction.body)
    }

    /// KServe's line for each request.
    private func logLatency(of prediction: V1Service.Prediction, _ name: String, _ request: Request) {
        let id = request.headers[.requestID] ?? "N.A."
        let times = prediction.times
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
