import Access
import Hummingbird
import NIOCore
import Serving
import Telemetry

extension ServingResponder {
    /// `GET /metrics`: Prometheus' text format.
    func metrics() -> Response {
        let readings = (identity?.readings ?? []) + (observer?.readings ?? [])
        let text = MetricsPage.text(registry: v1.registry, server: meter, readings: readings)
        return Response(
            status: .ok,
            headers: [.contentType: MetricsPage.contentType],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text))
        )
    }
}
