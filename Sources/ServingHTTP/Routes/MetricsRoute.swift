import Hummingbird
import NIOCore
import Serving

extension ServingResponder {
    /// `GET /metrics`: Prometheus' text format.
    func metrics() -> Response {
        let text = MetricsPage.text(registry: v1.registry, server: meter)
        return Response(
            status: .ok,
            headers: [.contentType: MetricsPage.contentType],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text))
        )
    }
}
