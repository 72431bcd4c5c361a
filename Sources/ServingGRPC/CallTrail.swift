import Access
import GRPCCore
import Serving
import Telemetry

/// What becomes known of a call on its way to its answer, for those who watch the server.
struct CallTrail {
    /// The full name of the method.
    let method: String
    /// What the call needs.
    let need: AccessNeed
    /// When the call had come, in nanoseconds since 1970, and of the monotonic clock.
    private let start = (wall: Clocks.wallNanoseconds(), monotonic: Clocks.monotonicNanoseconds())
    /// Whose key it had.
    var client: String?
    /// What answered, if a model did.
    var answered: AnsweredBy?

    init(method: String, _ need: AccessNeed) {
        self.method = method
        self.need = need
    }

    /// What is told, now that the call has ended.
    ///
    /// - Parameter status: the number of the status.
    func exchange(status: Int, _ metadata: Metadata) -> Exchange {
        var exchange = Exchange(
            method: method, status: status, start: start.wall,
            nanoseconds: Clocks.monotonicNanoseconds() - start.monotonic)
        exchange.transport = .grpc
        exchange.requestID = metadata[stringValues: "x-request-id"].first { _ in true }
        exchange.client = client
        exchange.answered = answered
        if case .predict(let model) = need { exchange.model = model }
        return exchange
    }
}
