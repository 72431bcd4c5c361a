import Hummingbird
import Serving

/// The probes that model servers built on Flask customarily have.
extension ServingResponder {
    /// `GET /health`, `GET /health/live`: the process answers, whatever its models do.
    func liveness() -> Response { .json("{\"status\":\"alive\"}") }

    /// `GET /ready`, `GET /health/ready`: whether every model answers, and if not, why.
    func readiness() -> Response {
        let obstacles = v1.registry.obstacles
        guard !obstacles.isEmpty else { return .json("{\"status\":\"ready\"}") }
        var writer = JSONWriter()
        writer.raw("{\"status\":\"not ready\",\"reasons\":{")
        for (index, obstacle) in obstacles.sorted(by: { $0.key < $1.key }).enumerated() {
            if index > 0 { writer.raw(",") }
            writer.key(obstacle.key)
            writer.string(obstacle.value)
        }
        writer.raw("}}")
        return .json(status: .serviceUnavailable, writer.bytes)
    }
}
