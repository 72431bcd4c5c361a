import GRPCCore
import Serving

extension RPCError {
    /// The longest text of a status, in characters: it goes into a header.
    private static let maximumMessageCharacters = 1_024

    /// The status that goes with a failure, by the rules of KServe's server.
    init(_ error: ServingError) {
        let code: Code =
            switch error.code {
            case .malformedRequest, .unacceptableRows, .unsupportedCoding: .invalidArgument
            case .bodyTooLarge, .overloaded: .resourceExhausted
            case .deadlineExceeded: .deadlineExceeded
            case .unauthenticated: .unauthenticated
            case .forbidden: .permissionDenied
            case .modelNotFound: .notFound
            case .modelNotReady: .unavailable
            case .cancelled: .cancelled
            case .notImplemented: .unimplemented
            default: .internalError
            }
        self.init(code: code, message: String(error.message.prefix(Self.maximumMessageCharacters)))
    }
}
