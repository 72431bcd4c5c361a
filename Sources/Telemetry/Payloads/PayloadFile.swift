import Synchronization

/// A file of events.
final class PayloadFile: PayloadSink {
    private let file: LogFile
    private let addedCount = Atomic<UInt64>(0)

    init(_ file: LogFile) { self.file = file }

    var counts: (sent: UInt64, failed: UInt64) {
        let failed = file.failedCount
        return (addedCount.load(ordering: .relaxed) - failed, failed)
    }

    func send(_ events: [PayloadEvent]) async {
        await file.append(events.map(\.line))
        addedCount.add(UInt64(events.count), ordering: .relaxed)
    }
}
