import Glibc

extension File {
    /// Goes on reading elsewhere in the file.
    package func seek(to offset: Int) throws(StoreError) {
        guard lseek(descriptor, offset, SEEK_SET) >= 0 else { throw .system("read", path) }
    }

    /// Fills a buffer from a place in the file, as far as the file goes on.
    ///
    /// - Returns: how many bytes were read; none at the end.
    package func read(into buffer: inout [UInt8], at offset: Int) throws(StoreError) -> Int {
        while true {
            let count = pread(descriptor, &buffer, buffer.count, offset)
            if count >= 0 { return count }
            guard errno == EINTR else { throw .system("read", path) }
        }
    }

    /// Writes bytes at a place in the file.
    package func write(_ bytes: some Collection<UInt8>, at offset: Int) throws(StoreError) {
        var written = 0
        while written < bytes.count {
            let rest = bytes.dropFirst(written)
            let count =
                rest.withContiguousStorageIfAvailable {
                    pwrite(descriptor, $0.baseAddress, $0.count, offset + written)
                } ?? 0
            guard count > 0 || errno == EINTR else { throw .system("write", path) }
            written += max(count, 0)
        }
    }

    /// Makes the file so long, and has the space for it set aside.
    package func reserve(_ size: Int) throws(StoreError) {
        guard ftruncate(descriptor, size) == 0 else { throw .system("write", path) }
        guard size > 0 else { return }
        let number = posix_fallocate(descriptor, 0, size)
        if number == ENOSPC || number == EDQUOT { throw .system("write", path, number) }
    }

    /// Keeps other processes from doing the same, until the file is closed or the process ends.
    ///
    /// - Returns: false if another process, or another open file of this one, has it. File systems without such locks
    ///   let everybody have it.
    package func tryLock() throws(StoreError) -> Bool {
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            switch errno {
            case EINTR: continue
            case EWOULDBLOCK: return false
            case ENOLCK, ENOTSUP, EINVAL, ENOSYS: return true
            default: throw .system("lock", path)
            }
        }
        return true
    }
}
