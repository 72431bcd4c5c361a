import Kubernetes
import Outbound
import Synchronization

/// A predictor that gives its answers one after the other, the last one again and again.
final class FakePredictor: APITransport {
    private let answers: [APIAnswer?]
    private let seen = Mutex<[OutboundRequest]>([])

    /// - Parameter answers: a status and a body; nil where nothing listens.
    init(_ answers: [(Int, String)?]) {
        self.answers = answers.map { $0.map { APIAnswer(status: $0.0, body: Array($0.1.utf8)) } }
    }

    var requests: [OutboundRequest] { seen.withLock { $0 } }

    func answer(to request: OutboundRequest) async throws(OutboundError) -> APIAnswer {
        let count = seen.withLock { seen in
            seen.append(request)
            return seen.count
        }
        guard let answer = answers[min(count, answers.count) - 1] else {
            throw OutboundError(.unreachable, "\(request): connection refused")
        }
        return answer
    }
}
