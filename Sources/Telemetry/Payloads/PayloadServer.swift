import Logging
import Outbound
import Synchronization

/// A server that takes events, each by a request; as many as there are connections are on their way at once.
final class PayloadServer: PayloadSink {
    private let url: String
    private let client: OutboundClient
    private let logger: Logger
    private let state = Mutex((counts: (sent: UInt64(0), failed: UInt64(0)), isFailing: false))

    /// - Throws: ``OutboundError/Code/invalid`` if it is no URL.
    init(url: String, _ outbound: OutboundSettings, logger: Logger) throws(OutboundError) {
        var settings = outbound
        settings.answerTimeout = .seconds(10)
        settings.maximumRedirects = 0
        self.url = url
        self.logger = logger
        client = try OutboundClient(settings, logger: logger)
        _ = try OutboundRequest(.post, url)
    }

    var counts: (sent: UInt64, failed: UInt64) { state.withLock { $0.counts } }

    func send(_ events: [PayloadEvent]) async {
        await withTaskGroup(of: Void.self) { group in
            for (index, event) in events.enumerated() {
                if index >= client.settings.maximumConnectionsPerHost { await group.next() }
                group.addTask { await self.send(event) }
            }
        }
    }

    private func send(_ event: PayloadEvent) async {
        do throws(OutboundError) {
            var request = try OutboundRequest(.post, url, headers: event.fields, body: event.body)
            // The receiver knows by the identifier what it has.
            request.isRepeatable = true
            let answer = try await client.answer(to: request)
            try answer.head.requireSuccess()
            tell(nil)
        } catch {
            tell(error)
        }
    }

    /// Counts, and tells in the log when it begins to fail and when it is well again.
    private func tell(_ error: OutboundError?) {
        let isNews = state.withLock { state in
            if error == nil { state.counts.sent += 1 } else { state.counts.failed += 1 }
            defer { state.isFailing = error != nil }
            return state.isFailing != (error != nil)
        }
        guard isNews else { return }
        if let error {
            logger.error("payloads are not logged: \(error)")
        } else {
            logger.info("payloads are logged again")
        }
    }
}
