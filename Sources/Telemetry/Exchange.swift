package import Serving

/// A request and its answer, as those who watch a server are told of them.
package struct Exchange: Sendable {
    /// What was spoken.
    package enum Transport: String, Sendable {
        case http, grpc
    }

    /// What was spoken.
    package var transport = Transport.http
    /// HTTP's method, or gRPC's full name of the method.
    package var method: String
    /// The target as the client sent it; empty for gRPC.
    package var path = ""
    /// The kind of target, which has no names of models in it: `predict`, for instance.
    package var route = ""
    /// HTTP's status, or the number of gRPC's.
    package var status: Int
    /// `x-request-id`, if the client set it.
    package var requestID: String?
    /// Whose key the request had, if it had one.
    package var client: String?
    /// What answered; nil if no model did.
    package var answered: AnsweredBy?
    /// The model that was asked, whether it answered or not.
    package var model: String?
    /// When the request had come, in nanoseconds since 1970.
    package var start: Int64
    /// How long reading its body took, in nanoseconds.
    package var readNanoseconds: Int64 = 0
    /// How long all took, in nanoseconds.
    package var nanoseconds: Int64
    /// How long the request's body is.
    package var requestByteCount = 0
    /// How long the answer's body is.
    package var answerByteCount = 0

    /// An exchange of which the rest is to be said.
    package init(method: String, status: Int, start: Int64, nanoseconds: Int64) {
        self.method = method
        self.status = status
        self.start = start
        self.nanoseconds = nanoseconds
    }

    /// Whether it is the server that failed.
    package var isServerFailure: Bool {
        switch transport {
        case .http: status >= 500
        // UNKNOWN, DEADLINE_EXCEEDED, UNIMPLEMENTED, INTERNAL, UNAVAILABLE, DATA_LOSS, as OpenTelemetry has it.
        case .grpc: [2, 4, 12, 13, 14, 15].contains(status)
        }
    }
}
