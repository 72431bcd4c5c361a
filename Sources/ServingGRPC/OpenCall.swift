import GRPCCore
import Serving
import Synchronization
import Telemetry

/// A call from its start to its end: counted and told once, whatever becomes of it, even if nobody asks for its answer.
final class OpenCall: Sendable {
    /// The call that this task answers.
    @TaskLocal static var current: OpenCall?

    /// The statuses as gRPC names them, by their numbers (gRPC, "Status codes and their use in gRPC").
    private static let statuses = [
        "OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS",
        "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED",
        "INTERNAL", "UNAVAILABLE", "DATA_LOSS", "UNAUTHENTICATED",
    ]

    private struct State {
        var trail: CallTrail
        var isEnded = false
    }

    private let method: MethodDescriptor
    private let metadata: Metadata
    private let meter: ServerMeter
    private let observer: RequestObserver?
    private let state: Mutex<State>

    /// A call that begins now.
    init(_ method: MethodDescriptor, _ metadata: Metadata, _ meter: ServerMeter, _ observer: RequestObserver?) {
        self.method = method
        self.metadata = metadata
        self.meter = meter
        self.observer = observer
        state = Mutex(State(trail: CallTrail(method: method.fullyQualifiedMethod)))
        meter.begin()
    }

    deinit { end(RPCError.Code.cancelled.rawValue) }

    /// Notes what has become known of it.
    func note(_ body: (inout CallTrail) -> Void) { state.withLock { body(&$0.trail) } }

    /// It has ended, with the status of a number; later ends are none.
    func end(_ number: Int) {
        let trail: CallTrail? = state.withLock { state in
            guard !state.isEnded else { return nil }
            state.isEnded = true
            return state.trail
        }
        guard let trail else { return }
        let status = Self.statuses.indices.contains(number) ? Self.statuses[number] : "UNKNOWN"
        meter.end(
            ServerMeter.Call(service: method.service.fullyQualifiedService, method: method.method, status: status))
        // Of a stream each message has been told; that it came to its end is no news.
        if let observer, number != 0 || !trail.isTold { trail.tell(observer, metadata, status: number) }
    }
}
