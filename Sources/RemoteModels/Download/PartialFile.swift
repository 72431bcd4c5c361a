import ModelStore
import NIOPosix
import Synchronization

/// A file that is being downloaded, by one process at a time, and what is known of it.
final class PartialFile: Sendable {
    /// How often a file that another process downloads is looked at.
    private static let patience = Duration.milliseconds(100)

    let path: String
    private let file: File
    private let recordPath: String
    private let folder: String
    private let ranges: Mutex<ByteRanges>
    private let remote: RemoteFile

    /// Opens the file for a download, once no other process has it, with what an earlier download left of it.
    static func open(_ path: String, in folder: String, for remote: RemoteFile) async throws(StoreError) -> PartialFile
    {
        while true {
            let file = try File.updating(path)
            if try file.tryLock() {
                // Whoever had it may have put it in its place meanwhile.
                if try FileStatus(of: path)?.inode == file.status().inode {
                    return try PartialFile(file, path, folder, remote)
                }
            } else {
                do { try await Task.sleep(for: patience) } catch { throw .cancelled(path) }
            }
        }
    }

    private init(_ file: consuming File, _ path: String, _ folder: String, _ remote: RemoteFile) throws(StoreError) {
        self.path = path
        self.folder = folder
        self.remote = remote
        recordPath = "\(path).json"
        let record = Self.record(recordPath)
        let isSame = record != nil && record?.validator == remote.validator && record?.size == remote.size
        let status = try file.status()
        ranges = Mutex(isSame && status.size == remote.size ? record?.ranges ?? ByteRanges() : ByteRanges())
        self.file = file
        if !isSame { try restart() }
    }

    private static func record(_ path: String) -> DownloadRecord? {
        guard let bytes = try? Files.contents(of: path, limit: ModelStore.maximumMetadataBytes).bytes else {
            return nil
        }
        return (try? JSONValue(parsing: bytes)).flatMap(DownloadRecord.init(json:))
    }

    /// The bytes that are there.
    var present: ByteRanges { ranges.withLock { $0 } }

    /// Forgets all that is there.
    func restart() throws(StoreError) {
        ranges.withLock { $0 = ByteRanges() }
        try Files.remove(file: recordPath)
        try file.reserve(0)
        try file.reserve(remote.size ?? 0)
    }

    func write(_ bytes: some Collection<UInt8>, at offset: Int) throws(StoreError) {
        try file.write(bytes, at: offset)
    }

    func read(into buffer: inout [UInt8], at offset: Int) throws(StoreError) -> Int {
        try file.read(into: &buffer, at: offset)
    }

    /// Takes note of bytes that were written.
    func add(_ range: Range<Int>) { ranges.withLock { $0.insert(range) } }

    /// Makes what is there durable, and remembers it for a later download.
    func save() async throws(StoreError) {
        let ranges = present
        try await synchronize()
        guard let size = remote.size, let validator = remote.validator else { return }
        let record = DownloadRecord(validator: validator, size: size, ranges: ranges)
        try TemporaryItem.replace(recordPath, in: folder, with: record.json.encoded())
    }

    /// Makes the content durable, cuts it to its size, and puts it in its place.
    func finish(size: Int, as destination: String, in destinationFolder: String) async throws(StoreError) {
        if try file.status().size != size { try file.reserve(size) }
        try await synchronize()
        try Files.move(path, to: destination, in: destinationFolder)
        try Files.remove(file: recordPath)
    }

    /// Removes the file and what is known of it.
    func discard() {
        Files.clear(path)
        Files.clear(recordPath)
    }

    /// On a thread of its own, as a disk may take seconds.
    private func synchronize() async throws(StoreError) {
        do {
            try await NIOThreadPool.singleton.runIfActive { try self.file.synchronize() }
        } catch let error as StoreError {
            throw error
        } catch {
            throw .cancelled(path)
        }
    }
}

extension StoreError {
    /// The task was cancelled.
    static func cancelled(_ what: String) -> StoreError { StoreError(.unavailable, "\(what): cancelled") }
}
