import Glibc
import ModelStore
import NIOCore

/// A model in a file or a folder of this machine.
struct FolderSource: RemoteSource {
    /// How deep below the folder files are listed: those of versions are one deep.
    private static let maximumDepth = 2
    /// How much is read at a time, in bytes.
    fileprivate static let chunkBytes = 1 << 20

    private let path: String

    init(path: String) { self.path = StoreLayout(path: path).path }

    func list() async throws(StoreError) -> RemoteListing {
        guard let status = try FileStatus(of: path) else { throw StoreError(.notFound, "nothing is at \(path)") }
        guard status.kind == .folder else {
            let name = path.split(separator: "/").last.map(String.init) ?? ""
            return RemoteListing(files: [Self.file(name, path, status)])
        }
        return RemoteListing(files: try files(in: path, prefix: "", depth: 1))
    }

    private func files(in folder: String, prefix: String, depth: Int) throws(StoreError) -> [RemoteFile] {
        var files: [RemoteFile] = []
        for entry in try Files.entries(ofFolder: folder) ?? [] where !entry.name.hasPrefix(".") {
            let path = "\(folder)/\(entry.name)"
            guard let status = try FileStatus(of: path) else { continue }
            switch status.kind {
            case .file: files.append(Self.file(prefix + entry.name, path, status))
            case .folder where depth < Self.maximumDepth:
                files += try self.files(in: path, prefix: "\(prefix)\(entry.name)/", depth: depth + 1)
            default: break
            }
        }
        return files
    }

    private static func file(_ path: String, _ location: String, _ status: FileStatus) -> RemoteFile {
        RemoteFile(
            path: path, location: location, size: status.size, validator: validator(status), isRanged: true)
    }

    fileprivate static func validator(_ status: FileStatus) -> String {
        "\(status.inode)-\(status.size)-\(status.modified.seconds).\(status.modified.nanoseconds)"
    }

    func open(_ file: RemoteFile, from offset: Int, to end: Int?) async throws(StoreError) -> any RemoteContent {
        try FolderContent(file, from: offset, to: end)
    }
}

/// The bytes of a file of this machine.
private final class FolderContent: RemoteContent {
    let start: Int
    private var rest: Int
    private let file: File
    private let source: RemoteFile

    init(_ source: RemoteFile, from offset: Int, to end: Int?) throws(StoreError) {
        self.source = source
        start = offset
        file = try File.reading(source.location)
        rest = max(0, (end ?? Int.max) - offset)
        try check()
        try file.seek(to: offset)
    }

    func next() async throws(StoreError) -> ByteBuffer? {
        guard rest > 0 else { return nil }
        var bytes = [UInt8](repeating: 0, count: min(rest, FolderSource.chunkBytes))
        let count = try file.read(into: &bytes)
        guard count > 0 else {
            try check()
            return nil
        }
        rest -= count
        return ByteBuffer(bytes: bytes.prefix(count))
    }

    private func check() throws(StoreError) {
        guard FolderSource.validator(try file.status()) == source.validator else { throw .changed(source.location) }
    }
}
