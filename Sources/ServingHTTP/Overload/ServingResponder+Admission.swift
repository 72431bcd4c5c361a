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
        _ request: Request, to model: String?, limit: Int, _ answer: (ByteBuffer) async throws(ServingError) -> Value
    ) async throws(ServingError) -> Value {
        var visit = try admission.enter(model: model)
        defer { visit.leave() }
        return try await answer(try await request.wholeBody(upTo: limit, &visit))
    }
}
