import ModelStore

/// Keeps other processes from working in a folder; the system takes it away from a process that ends.
final class FileLock: Sendable {
    private static let patience = Duration.milliseconds(100)

    private let file: File

    /// Waits until no other process has the lock.
    init(_ path: String) async throws(StoreError) {
        let file = try File.updating(path)
        while try !file.tryLock() {
            do { try await Task.sleep(for: Self.patience) } catch { throw .cancelled(path) }
        }
        self.file = file
    }
}
