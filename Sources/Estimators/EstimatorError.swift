/// Why a pickle's objects are not a model Apus can serve.
public struct EstimatorError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of mistake it is; compare with the constants.
    public struct Code: Hashable, Sendable {
        private enum Value { case unsupportedClass, unsupportedSetting, notFitted, malformed }
        private let value: Value

        /// A class that Apus does not know.
        public static let unsupportedClass = Code(value: .unsupportedClass)
        /// A known class with a parameter that Apus does not serve.
        public static let unsupportedSetting = Code(value: .unsupportedSetting)
        /// An estimator without fitted state.
        public static let notFitted = Code(value: .notFitted)
        /// State that contradicts itself or the class.
        public static let malformed = Code(value: .malformed)
    }

    /// What kind of mistake it is.
    public let code: Code
    /// Where in the graph, e.g. `Pipeline.steps[1]`.
    public let path: String
    /// What is wrong, for people.
    public let message: String

    /// An error at a place in the graph.
    public init(_ code: Code, at path: String, _ message: String) {
        self.code = code
        self.path = path
        self.message = message
    }

    /// `path: message`.
    public var description: String { "\(path): \(message)" }
}
