import JSON

/// The error that readers under test throw.
struct Mistake: JSONFailure, Hashable {
    let message: String

    init(malformedJSON message: String) { self.message = message }
}
