import Foundation
import Kubernetes
import Outbound
import Synchronization

/// An API server with the controllers behind it, as far as a restart can see them: pods that are made, become Ready and
/// end over time, a ReplicaSet that keeps their number, Deployments that are rolled out, tokens, roles, lists in pages.
/// Each request is a moment in which all of that goes on.
final class FakeCluster: APITransport {
    /// What can be different.
    struct Behaviour: Sendable {
        var namespace = "models"
        var tokens: Set<String> = ["token-1"]
        /// What the service account may not do, e.g. `delete pods`.
        var forbidden: Set<String> = []
        /// Moments until a new pod is Ready.
        var startMoments = 3
        /// Moments until a deleted pod is gone.
        var endMoments = 2
        /// Whether new pods crash instead of becoming Ready.
        var isCrashing = false
        /// Whether the Deployment's owner takes back what others change.
        var isReverting = false
        /// Pages whose rest is no longer to be had.
        var expiringPages = 0
        /// Patches that meet another change.
        var conflictingPatches = 0
        /// Requests at whose time the API server is away: 503, or no connection.
        var unavailable: Set<Int> = []
        var unreachable: Set<Int> = []
        /// What every request is answered with instead.
        var reply: APIAnswer?
        /// What happens before a request, by its number.
        var incidents: [Int: @Sendable (inout State) -> Void] = [:]
    }

    struct FakePod: Sendable {
        var name: String
        var uid: String
        var labels: [String: String]
        var revision = 0
        var age = 0
        var isReady = false
        var isCrashing = false
        var phase = "Running"
        var owner: String?
        /// Moments since it was deleted.
        var ending: Int?

        var isLive: Bool { ending == nil && phase == "Running" }
    }

    struct FakeDeployment: Sendable {
        var name: String
        var labels: [String: String]
        var replicas: Int
        var isPaused = false
        var annotations: [String: String] = [:]
        var generation = 1
        var observedGeneration = 1
        var isStuck = false
    }

    struct State: Sendable {
        var behaviour: Behaviour
        var pods: [FakePod] = []
        var deployments: [FakeDeployment] = []
        var requests: [Request] = []
        var made = 0
        /// The fewest pods that were Ready at any moment.
        var fewestReady = Int.max
    }

    /// A request as the server sees it.
    struct Request: Sendable {
        let method: String
        /// The path and the query.
        let target: String
        /// Lower case names.
        let headers: [String: String]
        let body: [UInt8]

        var path: String { String(target.prefix { $0 != "?" }) }
        var query: [String: String] {
            let items = URLComponents(string: "http://server\(target)")?.queryItems ?? []
            return Dictionary(items.map { ($0.name, $0.value ?? "") }) { $1 }
        }
    }

    private let state: Mutex<State>

    /// A cluster with one InferenceService, whose predictor has a Deployment.
    init(service: String = "anomaly-detector", replicas: Int = 3, _ change: (inout Behaviour) -> Void = { _ in }) {
        var behaviour = Behaviour()
        change(&behaviour)
        var state = State(behaviour: behaviour)
        let labels = [Self.label: service, "component": "predictor", "app": "isvc.\(service)-predictor"]
        state.deployments = [FakeDeployment(name: "\(service)-predictor", labels: labels, replicas: replicas)]
        for _ in 0..<replicas { state.makePod(for: state.deployments[0], isReady: true) }
        self.state = Mutex(state)
    }

    static let label = "serving.kserve.io/inferenceservice"

    var requests: [Request] { state.withLock { $0.requests } }
    var pods: [FakePod] { state.withLock { $0.pods } }
    var deployments: [FakeDeployment] { state.withLock { $0.deployments } }
    var fewestReady: Int { state.withLock { $0.fewestReady } }

    func change(_ body: (inout State) -> Void) { state.withLock { body(&$0) } }

    func answer(to request: OutboundRequest) async throws(OutboundError) -> APIAnswer {
        let target = String(request.url.dropFirst("https://10.0.0.1:443".count))
        let headers = Dictionary(request.headers.map { ($0.key.lowercased(), $0.value) }) { $1 }
        let answer = respond(
            to: Request(
                method: request.method.rawValue, target: target, headers: headers, body: request.body ?? []))
        guard let answer else { throw OutboundError(.unreachable, "\(request): connection refused") }
        return answer
    }

    /// The answer to a request; nil if the server is not there.
    func respond(to request: Request) -> APIAnswer? {
        state.withLock { state in
            let number = state.requests.count
            state.requests.append(request)
            state.behaviour.incidents[number]?(&state)
            state.pass()
            if state.behaviour.unreachable.contains(number) { return nil }
            if state.behaviour.unavailable.contains(number) {
                return .status(503, "ServiceUnavailable", "the server is currently unable to handle the request")
            }
            return state.behaviour.reply ?? state.answer(to: request)
        }
    }
}

extension APIAnswer {
    static func json(_ status: Int, _ object: [String: Any]) -> APIAnswer {
        let data = try? JSONSerialization.data(withJSONObject: object)
        return APIAnswer(status: status, body: Array(data ?? Data()))
    }

    /// A failure as the API server tells it.
    static func status(_ code: Int, _ reason: String, _ message: String) -> APIAnswer {
        .json(
            code,
            [
                "kind": "Status", "apiVersion": "v1", "metadata": [String: Any](), "status": "Failure",
                "message": message, "reason": reason, "code": code,
            ])
    }
}
