import ServiceLifecycle

/// Does what has gathered at intervals, and a last time when the server stops.
struct DrainingService: Service {
    let interval: Duration
    /// How long it goes on when the server stops: what takes things away may hang.
    let lastTime: Duration
    let drain: @Sendable () async -> Void

    init(interval: Duration, lastTime: Duration = .seconds(5), _ drain: @escaping @Sendable () async -> Void) {
        self.interval = interval
        self.lastTime = lastTime
        self.drain = drain
    }

    func run() async throws {
        // No group: it would wait for what hangs in a file system, which nothing ends.
        let (ends, end) = AsyncStream<Void>.makeStream()
        let draining = Task {
            await drainUntilShutdown()
            end.finish()
        }
        let limit = Task {
            try? await gracefulShutdown()
            try? await Task.sleep(for: lastTime)
            end.finish()
        }
        for await _ in ends {}
        draining.cancel()
        limit.cancel()
    }

    private func drainUntilShutdown() async {
        while !Task.isShuttingDownGracefully, !Task.isCancelled {
            try? await cancelWhenGracefulShutdown { try await Task.sleep(for: interval) }
            await drain()
        }
        await drain()
    }
}
