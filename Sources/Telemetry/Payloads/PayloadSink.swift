/// Takes events away.
protocol PayloadSink: Sendable {
    /// How many were sent, and how many could not be.
    var counts: (sent: UInt64, failed: UInt64) { get }

    /// Sends events; it returns when each was sent or has failed.
    func send(_ events: [PayloadEvent]) async
}
