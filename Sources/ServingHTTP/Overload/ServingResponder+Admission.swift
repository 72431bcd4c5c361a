import HTTPTypes
import Hummingbird
import NIOCore
import Serving

extension ServingResponder {
    /// Reads a request's body and answers it, unless as many requests or bytes are on their way as may be.
    ///
    /// - Parameters:
    ///   - model: the model it is for, if it is for one.
    ///   - limit: how many bytes the body may have.
    func admitted<Value>(
        _ request: Request, to model: String?, limit: Int, _ answer: (ByteBuffer) throws(ServingError) -> Value
    ) async throws(ServingError) -> Value {
        var visit = try admission.enter(model: model)
        defer { visit.leave() }
        return try answer(try await request.wholeBody(upTo: limit, &visit))
    }
}

extension Response {
    /// An answer that says when to try again, in seconds (RFC 9110, section 10.2.3).
    func retryable(after seconds: Int) -> Response {
        var response = self
        response.headers[.retryAfter] = String(seconds)
        return response
    }
}
