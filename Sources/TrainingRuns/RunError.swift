import Training

/// Why a training run ended without a model: what kind of failure it is, and the sentence people read.
package struct RunError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of failure it is; compare with the constants.
    package struct Code: Hashable, Sendable {
        private enum Value { case tooFewRows, unusableModel, cancelled, refused, failed }
        private let value: Value

        /// There is less data than a model can be fitted to and judged by.
        package static let tooFewRows = Code(value: .tooFewRows)
        /// A model that does not answer, or not as it should.
        package static let unusableModel = Code(value: .unusableModel)
        /// The run was told to stop; nothing was saved.
        package static let cancelled = Code(value: .cancelled)
        /// What was asked for contradicts itself or the data.
        package static let refused = Code(value: .refused)
        /// A system failed: the source of the data, the volume of the store.
        package static let failed = Code(value: .failed)
    }

    /// What kind of failure it is.
    package let code: Code
    /// What is wrong, for people.
    package let message: String

    /// A failure with its sentence.
    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    package var description: String { message }
}

extension RunError {
    /// What a fit, a split or a score refused.
    init(_ error: TrainingError) {
        self.init(error.code == .cancelled ? .cancelled : .refused, error.message)
    }
}
