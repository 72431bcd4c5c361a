import Glibc

/// How many files and connections the process may hold open.
enum OpenFileLimit {
    /// Raises it as far as this user may: the usual 1024 are for programs that do not know of more (`select`).
    static func raise() {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        limit.rlim_cur = limit.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
}
