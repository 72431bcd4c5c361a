import Glibc

/// What the system says of a file without reading it.
package struct FileStatus: Hashable {
    package enum Kind { case file, folder, link, other }

    package let kind: Kind
    /// The inode; a file put in place by a rename has a new one.
    package let inode: UInt64
    /// Bytes.
    package let size: Int
    /// When the content changed last.
    package let modified: Timestamp
    /// Who may do what with it.
    let permissions: mode_t

    /// Looks a path up.
    ///
    /// - Returns: nil if nothing is there.
    package init?(of path: String, followingLinks: Bool = true) throws(StoreError) {
        var status = stat()
        guard (followingLinks ? stat(path, &status) : lstat(path, &status)) == 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw .system("read", path)
        }
        self.init(status)
    }

    init(_ status: stat) {
        kind =
            switch status.st_mode & S_IFMT {
            case S_IFREG: .file
            case S_IFDIR: .folder
            case S_IFLNK: .link
            default: .other
            }
        inode = UInt64(status.st_ino)
        size = Int(status.st_size)
        modified = Timestamp(seconds: Int(status.st_mtim.tv_sec), nanoseconds: Int(status.st_mtim.tv_nsec))
        permissions = status.st_mode & 0o7777
    }
}
