import Synchronization

/// A file of events.
final class PayloadFile: PayloadSink {
    private let file: LogFile
    private let writtenCount = Atomic<UInt64>(0)

    init(_ file: LogFile) { self.file = file }

    var counts: (sent: UInt64, failed: UInt64) {
        (writtenCount.load(ordering: .relaxed), file.failedCount)
    }

    func send(_ events: [PayloadEvent]) async {
        let count = await file.append(events.map(\.line))
        writtenCount.add(UInt64(count), ordering: .relaxed)
    }
}
