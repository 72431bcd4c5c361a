import Hummingbird
import NIOCore
import Serving

extension ServingResponder {
    /// Reads a request's body and answers it, unless as many requests or bytes are on their way as may be, or
    /// the client has given up by then.
    ///
    /// - Parameters:
    ///   - model: the model it is for, if it is for one.
    ///   - limit: how many bytes the body may have.
    ///   - trail: keeps the body.
    func admitted<Value>(
        _ request: Request, to model: String?, limit: Int, _ trail: inout RequestTrail,
        _ answer: (ByteBuffer) async throws(ServingError) -> Value
    ) async throws(ServingError) -> Value {
        let deadline = RequestDeadline(request.headers)
        var visit = try admission.enter(model: model)
        defer { visit.leave() }
        let body = try await request.wholeBody(upTo: limit, &visit)
        trail.body = body
        // It may have waited for a thread: what nobody waits for any more is not worth computing.
        try deadline.check()
        return try await answer(body)
    }
}
