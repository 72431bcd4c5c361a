import ServiceLifecycle

/// Does what has gathered at intervals, and a last time when the server stops.
struct DrainingService: Service {
    /// How long it goes on when the server stops, in seconds: what takes things away may hang.
    private static let lastSeconds = 5

    let interval: Duration
    let drain: @Sendable () async -> Void

    init(interval: Duration, _ drain: @escaping @Sendable () async -> Void) {
        self.interval = interval
        self.drain = drain
    }

    func run() async throws {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await drainUntilShutdown() }
            group.addTask {
                try? await gracefulShutdown()
                try? await Task.sleep(for: .seconds(Self.lastSeconds))
            }
            await group.next()
            group.cancelAll()
        }
    }

    private func drainUntilShutdown() async {
        while !Task.isShuttingDownGracefully, !Task.isCancelled {
            try? await cancelWhenGracefulShutdown { try await Task.sleep(for: interval) }
            await drain()
        }
        await drain()
    }
}
