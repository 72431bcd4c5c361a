import HTTPTypes
import NIOCore
import Serving
import Telemetry

/// What becomes known of a request on its way to its answer, for those who watch the server.
struct RequestTrail {
    /// When the request had come, in nanoseconds since 1970, and of the monotonic clock.
    private let start = (wall: Clocks.wallNanoseconds(), monotonic: Clocks.monotonicNanoseconds())
    /// Whose key it had.
    var client: String?
    /// Whether its client may ask this: what strangers send is not told.
    var isLetIn = false
    /// The answer to a prediction, or why there is none.
    var answer: AnswerContent?
    /// How long reading the body took, in nanoseconds.
    private(set) var readNanoseconds: Int64 = 0
    /// The body, once it is read.
    var body: ByteBuffer? {
        didSet { readNanoseconds = Clocks.monotonicNanoseconds() - start.monotonic }
    }

    /// - Parameter body: the body, if it came along with the head.
    init(body: ByteBuffer? = nil) { self.body = body }

    /// Tells of the request and its answer.
    func tell(
        _ observer: RequestObserver, method: String, path: String, _ target: RequestTarget?,
        _ fields: some RequestFields, status: Int, byteCount: Int
    ) {
        var exchange = Exchange(
            method: method, status: status, start: start.wall,
            nanoseconds: Clocks.monotonicNanoseconds() - start.monotonic)
        exchange.path = path
        exchange.route = target?.route.rawValue ?? "other"
        exchange.requestID = fields.requestID
        exchange.client = client
        exchange.answered = answer?.answered
        exchange.model = target?.askedModel
        exchange.readNanoseconds = readNanoseconds
        exchange.requestByteCount = body?.readableBytes ?? 0
        exchange.answerByteCount = byteCount
        guard target?.isPrediction == true, isLetIn, let body, let answer else {
            return observer.observe(exchange) { fields.value(of: $0) }
        }
        observer.observe(exchange) {
            fields.value(of: $0)
        } bodies: {
            let request = RequestObserver.Body(
                bytes: Array(buffer: body), contentType: fields.value(of: "content-type"))
            return (request, RequestObserver.Body(bytes: answer.bytes, contentType: answer.fields[.contentType]))
        }
    }
}

extension RequestTarget {
    /// The model that is asked for a prediction.
    var askedModel: String? {
        switch self {
        case .predict(let name), .explain(let name), .infer(let name, _): name
        default: nil
        }
    }

    /// Whether bodies of it are worth logging.
    fileprivate var isPrediction: Bool { askedModel != nil }
}
