/// An error that can say that a document is not JSON.
public protocol JSONFailure: Error {
    /// A mistake in the syntax.
    ///
    /// - Parameter message: what is wrong and where, e.g. `unexpected character: line 3 column 2 (char 9)`.
    init(malformedJSON message: String)
}
