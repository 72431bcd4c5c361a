public import JSON

/// A cursor over the body of a request, whose mistakes are told as KServe's server does.
typealias RequestReader = JSONReader<ServingError>

extension ServingError: JSONFailure {
    /// A body that is no JSON.
    public init(malformedJSON message: String) {
        self.init(.malformedRequest, "Unrecognized request format: \(message)")
    }
}
