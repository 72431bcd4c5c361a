/// Why the cluster did not do what was asked: what kind of failure it is, and the sentence people read.
package struct KubernetesError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of failure it is; compare with the constants.
    package struct Code: Hashable, Sendable {
        private enum Value {
            case notInCluster, invalid, unreachable, unauthorized, forbidden, notFound, conflict, gone, refused
            case malformed, timedOut, rolloutFailed, cancelled
        }
        private let value: Value

        /// The process does not run in a pod, or its service account is not mounted.
        package static let notInCluster = Code(value: .notInCluster)
        /// A name that no object of a cluster can have.
        package static let invalid = Code(value: .invalid)
        /// No answer, or one that says that there may be a better one a moment later.
        package static let unreachable = Code(value: .unreachable)
        /// The API server does not accept the token (401).
        package static let unauthorized = Code(value: .unauthorized)
        /// The service account may not do this (403).
        package static let forbidden = Code(value: .forbidden)
        /// There is no such object (404), or none that carries the label.
        package static let notFound = Code(value: .notFound)
        /// The object is not, or did not stay, what it was taken for (409).
        package static let conflict = Code(value: .conflict)
        /// The rest of a list is no longer to be had (410).
        package static let gone = Code(value: .gone)
        /// Any other refusal.
        package static let refused = Code(value: .refused)
        /// An answer that is not what the API promises.
        package static let malformed = Code(value: .malformed)
        /// It has not come about in the time that was given.
        package static let timedOut = Code(value: .timedOut)
        /// The cluster has given up.
        package static let rolloutFailed = Code(value: .rolloutFailed)
        /// The task was cancelled.
        package static let cancelled = Code(value: .cancelled)
    }

    /// What kind of failure it is.
    package let code: Code
    /// What is wrong and, where there is something, what to do about it.
    package let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    package var description: String { message }
}
