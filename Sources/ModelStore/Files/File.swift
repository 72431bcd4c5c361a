import Glibc

/// An open file, closed when it is let go of.
package struct File: ~Copyable, Sendable {
    package let path: String
    let descriptor: Int32

    private init(_ path: String, _ flags: Int32, _ action: String) throws(StoreError) {
        self.path = path
        descriptor = open(path, flags | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw .system(action, path) }
    }

    deinit { close(descriptor) }

    /// Opens a regular file for reading; nothing else may stand there, as reading a pipe would wait for a writer.
    package static func reading(_ path: String) throws(StoreError) -> File {
        let file = try File(path, O_RDONLY | O_NONBLOCK, "read")
        guard try file.status().kind == .file else {
            throw StoreError(.ioFailure, "cannot read \(path): it is not a regular file")
        }
        return file
    }

    /// Makes a file that is not there yet.
    static func creating(_ path: String) throws(StoreError) -> File {
        try File(path, O_WRONLY | O_CREAT | O_EXCL, "write")
    }

    /// Opens a file for reading and writing, and makes it if it is not there.
    package static func updating(_ path: String) throws(StoreError) -> File {
        try File(path, O_RDWR | O_CREAT | O_NOFOLLOW, "write")
    }

    /// Opens a folder, whose entries can then be made durable.
    package static func folder(_ path: String) throws(StoreError) -> File {
        try File(path, O_RDONLY | O_DIRECTORY, "open")
    }

    package func status() throws(StoreError) -> FileStatus {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .system("read", path) }
        return FileStatus(status)
    }

    /// Fills a buffer as far as the file goes on.
    ///
    /// - Returns: how many bytes were read; none at the end.
    package func read(into buffer: inout [UInt8]) throws(StoreError) -> Int {
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count >= 0 { return count }
            guard errno == EINTR else { throw .system("read", path) }
        }
    }

    /// Writes all the bytes.
    func write(_ bytes: ArraySlice<UInt8>) throws(StoreError) {
        var rest = bytes
        while !rest.isEmpty {
            let count = rest.withContiguousStorageIfAvailable { Glibc.write(descriptor, $0.baseAddress, $0.count) } ?? 0
            guard count > 0 || errno == EINTR else { throw .system("write", path) }
            rest = rest.dropFirst(max(count, 0))
        }
    }

    /// Waits until what was written would survive a loss of power.
    package func synchronize() throws(StoreError) {
        while fsync(descriptor) != 0 {
            switch errno {
            case EINTR: continue
            // Some network file systems cannot do so for folders; renames are durable there by themselves.
            case EINVAL, ENOTSUP, EBADF: return
            default: throw .system("write", path)
            }
        }
    }
}
