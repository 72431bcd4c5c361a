/// Why a request to another server came to nothing: what kind of failure it is, and the sentence people read.
///
/// A sentence names the server and the path that was asked for; it never holds a query, a header or a body, which is
/// where secrets are.
package struct OutboundError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of failure it is; compare with the constants.
    package struct Code: Hashable, Sendable {
        private enum Value {
            case invalid, unreachable, untrusted, timedOut, interrupted, tooLong, badRedirect, rejected, cancelled,
                failed
        }
        private let value: Value

        /// A setting or a request that makes no sense, so that nothing was sent.
        package static let invalid = Code(value: .invalid)
        /// No connection: no such host, nothing listens there, or no answer in time. Nothing was sent.
        package static let unreachable = Code(value: .unreachable)
        /// The server did not prove with a certificate that it is who it should be. Nothing was sent.
        package static let untrusted = Code(value: .untrusted)
        /// The server was silent for too long, or took too long as a whole.
        package static let timedOut = Code(value: .timedOut)
        /// The connection ended before the answer did.
        package static let interrupted = Code(value: .interrupted)
        /// The answer is longer than its limit.
        package static let tooLong = Code(value: .tooLong)
        /// Too many redirections, one that leads back, or one from an encrypted connection to plain text.
        package static let badRedirect = Code(value: .badRedirect)
        /// The server answered with a status other than 2xx; see ``OutboundHead/requireSuccess()``.
        package static let rejected = Code(value: .rejected)
        /// The task was cancelled.
        package static let cancelled = Code(value: .cancelled)
        /// Anything else, such as an answer that is not HTTP.
        package static let failed = Code(value: .failed)
    }

    /// What kind of failure it is.
    package let code: Code
    /// What was tried and what went wrong.
    package let message: String

    /// A failure of a kind, in a sentence.
    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The sentence.
    package var description: String { message }

    /// Whether the same request may succeed a moment later.
    package var isTransient: Bool { [.unreachable, .timedOut, .interrupted].contains(code) }

    /// Whether the server cannot have acted on the request.
    var isUnsent: Bool { code == .unreachable }
}
