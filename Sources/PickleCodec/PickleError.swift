/// Why bytes could not be read as a pickle, or a graph not be written as one.
public struct PickleError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of mistake it is; compare with the constants.
    public struct Code: Hashable, Sendable {
        private enum Value { case truncated, malformed, unsupported, limitExceeded, unreadable }
        private let value: Value

        /// The bytes end before the pickle does.
        public static let truncated = Code(value: .truncated)
        /// The bytes are not a pickle, or contradict themselves.
        public static let malformed = Code(value: .malformed)
        /// A form that Apus knows and does not read, or that no pickle has.
        public static let unsupported = Code(value: .unsupported)
        /// A limit of ``PickleLimits`` was reached.
        public static let limitExceeded = Code(value: .limitExceeded)
        /// The system does not let the file be read.
        public static let unreadable = Code(value: .unreadable)
    }

    /// What kind of mistake it is.
    public let code: Code
    /// What is wrong, for people.
    public let message: String
    /// Bytes from the start of the (decompressed, or so far written) pickle to where it was noticed.
    public let offset: Int

    /// An error noticed `offset` bytes into the pickle.
    public init(_ code: Code, _ message: String, offset: Int) {
        self.code = code
        self.message = message
        self.offset = offset
    }

    /// The message, and where.
    public var description: String { code == .unreadable ? message : "\(message) (at byte \(offset))" }
}
