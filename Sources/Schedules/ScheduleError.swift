/// Why a text is not a schedule: what kind of mistake it is, and the sentence people read.
package struct ScheduleError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of mistake it is; compare with the constants.
    package struct Code: Hashable, Sendable {
        private enum Value { case wrongFieldCount, malformedField, unknownName, neverFires }
        private let value: Value

        /// Not the five fields of a cron expression.
        package static let wrongFieldCount = Code(value: .wrongFieldCount)
        /// A field with something other than numbers, names, ranges, steps and lists of its range.
        package static let malformedField = Code(value: .malformedField)
        /// A name behind `@` that is none of the six.
        package static let unknownName = Code(value: .unknownName)
        /// A date that no year has, such as 30 February.
        package static let neverFires = Code(value: .neverFires)
    }

    /// What kind of mistake it is.
    package let code: Code
    /// What is wrong, and what would be right.
    package let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    package var description: String { message }
}
