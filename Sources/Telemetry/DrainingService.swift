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
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await drainUntilShutdown() }
            group.addTask {
                try? await gracefulShutdown()
                try? await Task.sleep(for: lastTime)
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
