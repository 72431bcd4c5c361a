import Glibc

/// Why the file system did not give what was asked of it.
struct FileError: Error, Hashable, CustomStringConvertible {
    /// The path that was asked for.
    let path: String
    /// The system's number for the reason.
    let number: Int32

    /// The error that the last system call left.
    init(lastErrorAt path: String) {
        self.path = path
        number = errno
    }

    /// Whether nothing is there.
    var isMissing: Bool { number == ENOENT || number == ENOTDIR }

    var description: String { "cannot read \(path): \(String(cString: strerror(number)))" }
}

/// What tells one state of a file from another without reading it.
///
/// Volumes shared over the network have no change notification, so files are looked at again and again.
package struct FileSignature: Hashable, Sendable {
    /// The inode; a file put in place by a rename has a new one.
    let inode: UInt64
    /// Bytes.
    let size: Int
    /// When the content changed last, in nanoseconds since 1970.
    package let modified: Int64
    let isFolder: Bool

    /// Looks a path up, following symbolic links.
    init(ofPath path: String) throws(FileError) {
        var status = stat()
        guard stat(path, &status) == 0 else { throw FileError(lastErrorAt: path) }
        inode = UInt64(status.st_ino)
        size = Int(status.st_size)
        // A clock that is wrong by centuries must not overflow: times are kept between 1900 and 2100.
        let seconds = min(max(Int64(status.st_mtim.tv_sec), -2_208_988_800), 4_102_444_800)
        modified = seconds * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)
        isFolder = status.st_mode & S_IFMT == S_IFDIR
    }

    /// What a path looks like now; nil if nothing is there or may be seen.
    package static func now(ofPath path: String) -> FileSignature? { try? FileSignature(ofPath: path) }
}

/// The few things the data plane asks of the file system.
enum FilePaths {
    /// The names in a folder, without `.` and `..`, in no order.
    static func entries(ofFolder path: String) throws(FileError) -> [String] {
        guard let folder = opendir(path) else { throw FileError(lastErrorAt: path) }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            var bytes = [UInt8](repeating: 0, count: MemoryLayout.size(ofValue: entry.pointee.d_name))
            memcpy(&bytes, &entry.pointee.d_name, bytes.count)
            let name = String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    /// A path that does not depend on the working folder, as far as that is known.
    static func absolute(_ path: String) -> String {
        guard !path.hasPrefix("/"), let folder = getcwd(nil, 0) else { return path }
        defer { free(folder) }
        return "\(String(cString: folder))/\(path)"
    }
}
