/// What a request of the Open Inference Protocol may hold; the length of its body is the transport's to bound.
package enum InferLimits {
    /// The longest `id`, in bytes of UTF-8.
    package static let maximumIDBytes = 4_096
    /// The longest name of a tensor, in bytes of UTF-8.
    package static let maximumNameBytes = 1_024
    /// The most inputs: each may be a column of the rows.
    package static let maximumInputs = 16_384
    /// The most outputs that may be asked for.
    package static let maximumOutputs = 64
    /// The most dimensions of a tensor.
    package static let maximumDimensions = 16
    /// How much of a client's own text a message repeats, in characters.
    static let maximumQuotedCharacters = 80
}

extension ServingError {
    /// A request that contradicts the protocol or itself: the caller's mistake.
    static func badInference(_ message: String) -> ServingError { ServingError(.malformedRequest, message) }
}

extension String {
    /// As much of a client's text as a message repeats.
    var quoted: Substring { prefix(InferLimits.maximumQuotedCharacters) }
}
