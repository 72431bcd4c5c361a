/// Why rows could not be answered, or a model not be made ready to answer.
public struct InferenceError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of mistake it is; compare with the constants.
    public struct Code: Hashable, Sendable {
        private enum Value { case invalidInput, unsupportedMethod, invalidModel }
        private let value: Value

        /// The rows are not what the model takes: the caller's mistake.
        public static let invalidInput = Code(value: .invalidInput)
        /// The model has no such method.
        public static let unsupportedMethod = Code(value: .unsupportedMethod)
        /// The fitted estimator contradicts itself, or has no operator.
        public static let invalidModel = Code(value: .invalidModel)
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
