/// Why a fit, a split or a score could not be computed.
public struct TrainingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of mistake it is; compare with the constants.
    public struct Code: Hashable, Sendable {
        private enum Value { case invalidInput, invalidSetting, cancelled }
        private let value: Value

        /// The rows, targets or labels are not what the computation takes.
        public static let invalidInput = Code(value: .invalidInput)
        /// A parameter is out of its range, or contradicts another one.
        public static let invalidSetting = Code(value: .invalidSetting)
        /// The caller asked for an end before there was a result.
        public static let cancelled = Code(value: .cancelled)
    }

    /// What kind of mistake it is.
    public let code: Code
    /// What is wrong, for people; scikit-learn's own sentence where it has one.
    public let message: String

    /// An error with its sentence.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    public var description: String { message }
}
