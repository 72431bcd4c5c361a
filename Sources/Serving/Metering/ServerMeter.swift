import Synchronization

/// Counts the requests of a server, whatever they ask for.
package final class ServerMeter: Sendable {
    /// The kinds of requests that are counted apart.
    package enum Route: String, Sendable {
        case predict, explain, models, repository, health, metrics, other
    }

    /// What requests are counted by.
    struct Key: Hashable {
        let route: Route
        let status: Int
    }

    /// What calls of remote procedures are counted by.
    package struct Call: Hashable, Sendable {
        /// The service's full name.
        let service: String
        let method: String
        /// gRPC's name of the status.
        let status: String

        package init(service: String, method: String, status: String) {
            self.service = service
            self.method = method
            self.status = status
        }
    }

    /// When the server started, in seconds since 1970.
    let startSeconds = Double(Clocks.wallNanoseconds()) * 1e-9
    private let requests = Mutex<[Key: UInt64]>([:])
    private let calls = Mutex<[Call: UInt64]>([:])
    private let inFlight = Atomic<Int>(0)

    package init() {}

    /// How many requests were answered, by kind and status.
    var requestCounts: [Key: UInt64] { requests.withLock { $0 } }

    /// How many calls were answered, by service, method and status.
    var callCounts: [Call: UInt64] { calls.withLock { $0 } }

    /// How many requests have been read and not answered yet.
    package var requestsInFlight: Int { inFlight.load(ordering: .relaxed) }

    /// A request has come.
    package func begin() { inFlight.add(1, ordering: .relaxed) }

    /// A request has been answered.
    package func end(_ route: Route, status: Int) {
        inFlight.subtract(1, ordering: .relaxed)
        requests.withLock { $0[Key(route: route, status: status), default: 0] += 1 }
    }

    /// A call has been answered.
    package func end(_ call: Call) {
        inFlight.subtract(1, ordering: .relaxed)
        calls.withLock { $0[call, default: 0] += 1 }
    }
}
