import Access
import GRPCCore
import Serving
import Telemetry

/// What becomes known of a call, or of a message of a stream, on its way to its answer, for those who watch the server.
struct CallTrail {
    /// The full name of the method.
    let method: String
    /// What the call needs.
    var need = AccessNeed.nothing
    /// When the call had come, in nanoseconds since 1970, and of the monotonic clock.
    private let start = (wall: Clocks.wallNanoseconds(), monotonic: Clocks.monotonicNanoseconds())
    /// Whose key it had.
    var client: String?
    /// What answered, if a model did.
    var answered: AnsweredBy?
    /// Bytes of its messages.
    var requestByteCount = 0
    /// Bytes of its answers.
    var answerByteCount = 0
    /// Whether its messages have been told one by one.
    var isTold = false

    init(method: String) { self.method = method }

    /// Tells of it, now that it has ended.
    ///
    /// - Parameter status: the number of the status.
    func tell(_ observer: RequestObserver, _ metadata: Metadata, status: Int) {
        var exchange = Exchange(
            method: method, status: status, start: start.wall,
            nanoseconds: Clocks.monotonicNanoseconds() - start.monotonic)
        exchange.transport = .grpc
        exchange.requestID = metadata[stringValues: "x-request-id"].first { _ in true }
        exchange.client = client
        exchange.answered = answered
        exchange.requestByteCount = requestByteCount
        exchange.answerByteCount = answerByteCount
        if case .predict(let model) = need { exchange.model = model }
        observer.observe(exchange) { name in metadata[stringValues: name].first { _ in true } }
    }
}
