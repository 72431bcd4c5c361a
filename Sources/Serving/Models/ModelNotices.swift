import Synchronization

/// What is known of a server's models besides their files, by name: why one is not there yet, or not the newest.
///
/// Whoever brings models from elsewhere tells it here; the poller says it with what it sees itself.
public final class ModelNotices: Sendable {
    private let notices = Mutex<[String: String]>([:])

    /// Nothing to say yet.
    public init() {}

    /// Says something of a model from now on; nil says nothing more.
    public func set(_ name: String, _ notice: String?) { notices.withLock { $0[name] = notice } }

    /// What is said of all models.
    var all: [String: String] { notices.withLock { $0 } }
}
