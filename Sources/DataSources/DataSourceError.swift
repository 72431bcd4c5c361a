import JSON

/// Why series could not be had: what kind of failure it is, and the sentence people read.
package struct DataSourceError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of failure it is; compare with the constants.
    package struct Code: Hashable, Sendable {
        private enum Value { case invalid, unavailable, denied, rejected, malformed, noData, tooMuch, cancelled }
        private let value: Value

        /// A setting that makes no sense.
        package static let invalid = Code(value: .invalid)
        /// The source could not be reached, did not answer in time, or cannot answer now.
        package static let unavailable = Code(value: .unavailable)
        /// The source refused the credentials, or wants some.
        package static let denied = Code(value: .denied)
        /// The source refused a query.
        package static let rejected = Code(value: .rejected)
        /// An answer or a file that is not what its format says.
        package static let malformed = Code(value: .malformed)
        /// A metric that the source knows nothing of.
        package static let noData = Code(value: .noData)
        /// More than the limit that the sentence names.
        package static let tooMuch = Code(value: .tooMuch)
        /// The task was cancelled.
        package static let cancelled = Code(value: .cancelled)
    }

    /// What kind of failure it is.
    package let code: Code
    /// What is wrong, where, and what the other side said.
    package let message: String

    /// A failure with its sentence.
    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    package var description: String { message }
}

extension DataSourceError: JSONFailure {
    package init(malformedJSON message: String) { self.init(.malformed, message) }
}
