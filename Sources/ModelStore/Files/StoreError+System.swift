import Glibc

extension StoreError {
    /// What the last system call complained about, in words that say what to do where something can be done.
    ///
    /// - Parameters:
    ///   - action: what was tried, e.g. `write`.
    ///   - number: the system's number for the reason.
    package static func system(_ action: String, _ path: String, _ number: Int32 = errno) -> StoreError {
        let attempt = "cannot \(action) \(path)"
        return switch number {
        case ENOSPC: StoreError(.noSpace, "\(attempt): no space is left on the volume")
        case EDQUOT: StoreError(.noSpace, "\(attempt): the quota of the volume is used up")
        case EROFS: StoreError(.readOnly, "\(attempt): the volume is read-only")
        case EACCES, EPERM:
            StoreError(.noPermission, "\(attempt): the permissions of the file or its folder forbid it")
        case ENOENT: StoreError(.notFound, "\(attempt): no such file or folder")
        default: StoreError(.ioFailure, "\(attempt): \(String(cString: strerror(number)))")
        }
    }
}
