import Hummingbird
import Serving

/// Answers for health and metrics alone, on a port and a thread of their own: whatever the others are busy with, and
/// whoever may not ask them.
struct OperationsResponder: HTTPResponder {
    let serving: ServingResponder

    func respond(to request: Request, context: ServingContext) async -> Response {
        let target = RequestTarget(request.head.path ?? "/")
        guard let response = target.flatMap(answer) else { return .detail(.notFound, "Not Found") }
        switch request.method {
        case .get: return response
        case .head: return response.headOnly()
        default:
            var refusal = Response.detail(.methodNotAllowed, "Method Not Allowed")
            refusal.headers[.allow] = "GET, HEAD"
            return refusal
        }
    }

    private func answer(_ target: RequestTarget) -> Response? {
        switch target {
        case .liveness: serving.liveness()
        case .readiness: serving.readiness()
        case .metrics: serving.metrics()
        default: nil
        }
    }
}
