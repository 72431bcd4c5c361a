import Serving

/// When the client of a request will not wait for its answer any longer.
struct RequestDeadline {
    /// The fields that say how many milliseconds it waits: a client's own, and what Envoy adds, by the route's timeout.
    private static let fieldNames = ["x-request-timeout-ms", "x-envoy-expected-rq-timeout-ms"]

    /// In nanoseconds of the monotonic clock; nil if the client did not say.
    private let nanoseconds: Int64?

    /// The deadline of a request that has just come; what is no number of milliseconds sets none.
    ///
    /// - Parameter now: in nanoseconds of the monotonic clock.
    init(_ fields: some RequestFields, now: Int64 = Clocks.monotonicNanoseconds()) {
        let milliseconds = Self.fieldNames.lazy.compactMap { fields.value(of: $0) }.first.flatMap { UInt32($0) }
        nanoseconds = milliseconds.map { now + Int64($0) * 1_000_000 }
    }

    /// - Throws: ``ServingError/Code/deadlineExceeded`` if it is over.
    func check(now: Int64 = Clocks.monotonicNanoseconds()) throws(ServingError) {
        guard let nanoseconds, now >= nanoseconds else { return }
        throw ServingError(.deadlineExceeded, "The time that the client gave this request was over.")
    }
}
