import Glibc

/// What the store asks of a file system. It relies on `rename` being atomic within a folder, on it failing where a
/// folder would replace one that is not empty, and on `fsync`; on no locks, no hard links and no notifications.
package enum Files {
    /// How much is read at a time, in bytes.
    private static let chunkBytes = 1 << 20

    // MARK: - Reading

    /// Passes the content of a file by in parts.
    ///
    /// - Throws: ``StoreError/Code/refused`` if the file changed meanwhile: somebody is still writing it.
    @discardableResult
    static func pass(
        _ path: String, _ receive: (ArraySlice<UInt8>) throws(StoreError) -> Void
    ) throws(StoreError) -> FileDigest {
        let file = try File.reading(path)
        let before = try file.status()
        var accumulator = DigestAccumulator()
        var buffer = [UInt8](repeating: 0, count: min(chunkBytes, max(before.size, 1)))
        while case let count = try file.read(into: &buffer), count > 0 {
            accumulator.add(buffer[..<count])
            try receive(buffer[..<count])
        }
        let digest = accumulator.digest
        let after = try file.status()
        guard before == after, digest.size == after.size else {
            throw StoreError(
                .refused,
                "\(path) changed while it was read, from \(before.size) to \(after.size) bytes: wait until it is whole")
        }
        return digest
    }

    /// The size and checksum of a file.
    package static func digest(of path: String) throws(StoreError) -> FileDigest { try pass(path) { _ in } }

    /// The whole content of a file.
    ///
    /// - Throws: ``StoreError/Code/refused`` if it is longer than `limit` bytes.
    package static func contents(of path: String, limit: Int) throws(StoreError) -> (bytes: [UInt8], digest: FileDigest)
    {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(min(limit, try FileStatus(of: path)?.size ?? 0))
        let digest = try pass(path) { part throws(StoreError) in
            guard bytes.count + part.count <= limit else {
                throw StoreError(.refused, "\(path) is longer than the \(limit) bytes that are read of it")
            }
            bytes += part
        }
        return (bytes, digest)
    }

    /// The names in a folder and what they are, without `.` and `..`, sorted; nil if there is no folder.
    ///
    /// A symbolic link is itself, wherever it leads.
    package static func entries(ofFolder path: String) throws(StoreError) -> [(name: String, kind: FileStatus.Kind)]? {
        guard let folder = opendir(path) else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw .system("read", path)
        }
        defer { closedir(folder) }
        var entries: [(name: String, kind: FileStatus.Kind)] = []
        while let entry = readdir(folder) {
            var bytes = [UInt8](repeating: 0, count: MemoryLayout.size(ofValue: entry.pointee.d_name))
            memcpy(&bytes, &entry.pointee.d_name, bytes.count)
            // What is not UTF-8 can be the name of nothing in a store.
            guard let name = String(validating: bytes.prefix { $0 != 0 }, as: UTF8.self), name != ".", name != ".."
            else { continue }
            let kind: FileStatus.Kind? =
                switch Int(entry.pointee.d_type) {
                case Int(DT_REG): .file
                case Int(DT_DIR): .folder
                case Int(DT_LNK): .link
                // Some file systems do not say.
                case Int(DT_UNKNOWN): try FileStatus(of: "\(path)/\(name)", followingLinks: false)?.kind
                default: .other
                }
            if let kind { entries.append((name, kind)) }
        }
        return entries.sorted { $0.name < $1.name }
    }

    /// The folder around a path.
    package static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// A path without symbolic links; nil if nothing is there.
    static func real(_ path: String) throws(StoreError) -> String? {
        guard let real = realpath(path, nil) else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw .system("read", path)
        }
        defer { free(real) }
        return String(cString: real)
    }

    // MARK: - Writing

    /// Makes a folder unless it is there; the group may write in it if it may in the folder around it: on a volume that
    /// pods of several users share, the group is what they have in common.
    ///
    /// - Returns: whether it was made.
    @discardableResult
    package static func makeFolder(_ path: String, in parent: String) throws(StoreError) -> Bool {
        guard mkdir(path, 0o777) == 0 else {
            if errno == EEXIST { return false }
            throw .system("make", path)
        }
        if let around = try FileStatus(of: parent), let own = try FileStatus(of: path),
            around.permissions & S_IWGRP != 0
        {
            chmod(path, own.permissions | S_IWGRP)
        }
        return true
    }

    /// Makes a durable file that is not there yet.
    package static func write(_ bytes: [UInt8], to path: String) throws(StoreError) {
        let file = try File.creating(path)
        try file.write(bytes[...])
        try file.synchronize()
    }

    /// Copies a file to a durable one that is not there yet, and adds up what passes by.
    package static func copy(_ source: String, to destination: String) throws(StoreError) -> FileDigest {
        let copy = try File.creating(destination)
        let digest = try pass(source) { part throws(StoreError) in try copy.write(part) }
        try copy.synchronize()
        return digest
    }

    /// Puts a file in the place of another, or of none, so that readers see one or the other; then makes that durable.
    package static func move(_ source: String, to destination: String, in folder: String) throws(StoreError) {
        guard rename(source, destination) == 0 else { throw .system("write", destination) }
        try synchronize(folder)
    }

    /// Makes the entries of a folder durable.
    package static func synchronize(_ folder: String) throws(StoreError) { try File.folder(folder).synchronize() }

    /// Removes a file; none there is no mistake.
    package static func remove(file path: String) throws(StoreError) {
        guard unlink(path) == 0 || errno == ENOENT else { throw .system("remove", path) }
    }

    /// Removes a file or a folder with all it holds, as far as that is possible; symbolic links are not followed.
    package static func clear(_ path: String) {
        guard unlink(path) != 0, errno == EISDIR || errno == EPERM else { return }
        for entry in (try? entries(ofFolder: path)) ?? [] { clear("\(path)/\(entry.name)") }
        rmdir(path)
    }
}
