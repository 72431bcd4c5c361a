/// Why the store did not do what was asked: what kind of failure it is, and the sentence people read.
public struct StoreError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of failure it is; compare with the constants.
    public struct Code: Hashable, Sendable {
        private enum Value {
            case invalidName, notFound, refused, malformed, corrupted, outsideStore, invalidModel
            case noSpace, readOnly, noPermission, ioFailure, denied, unavailable, unsupported
        }
        private let value: Value

        /// A name or number that no model or version can have.
        public static let invalidName = Code(value: .invalidName)
        /// There is no such model, version, object or run.
        public static let notFound = Code(value: .notFound)
        /// The store's own rules forbid it: deleting what is promoted, for instance.
        public static let refused = Code(value: .refused)
        /// A file or an answer that is not what its format says.
        public static let malformed = Code(value: .malformed)
        /// Bytes that are not the ones their checksum was made of.
        public static let corrupted = Code(value: .corrupted)
        /// A symbolic link that leads out of the store.
        public static let outsideStore = Code(value: .outsideStore)
        /// A file that is no model, or none that Apus can serve.
        public static let invalidModel = Code(value: .invalidModel)
        /// The volume, or the quota on it, is full.
        public static let noSpace = Code(value: .noSpace)
        /// The volume is read-only.
        public static let readOnly = Code(value: .readOnly)
        /// The file's permissions forbid it.
        public static let noPermission = Code(value: .noPermission)
        /// Any other failure of the file system.
        public static let ioFailure = Code(value: .ioFailure)
        /// A remote store refused the credentials.
        public static let denied = Code(value: .denied)
        /// A remote store could not be reached, or did not answer usably.
        public static let unavailable = Code(value: .unavailable)
        /// A scheme, flavour or form that Apus does not know.
        public static let unsupported = Code(value: .unsupported)
    }

    /// What kind of failure it is.
    public let code: Code
    /// What is wrong and, where there is something, what to do about it.
    public let message: String

    /// A failure with its sentence.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    public var description: String { message }
}
