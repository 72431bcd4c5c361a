/// Why series did not become rows: what kind of mistake it is, and the sentence people read.
public struct FeatureError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of mistake it is; compare with the constants.
    public struct Code: Hashable, Sendable {
        private enum Value { case unknownSchema, unfitSeries, incomplete }
        private let value: Value

        /// No schema, or no target of a schema, has this name.
        public static let unknownSchema = Code(value: .unknownSchema)
        /// Series that lack a metric of the schema, or have another step.
        public static let unfitSeries = Code(value: .unfitSeries)
        /// The latest row cannot be computed, because values are missing.
        public static let incomplete = Code(value: .incomplete)
    }

    /// What kind of mistake it is.
    public let code: Code
    /// What is wrong.
    public let message: String

    /// A mistake with its sentence.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    public var description: String { message }
}
