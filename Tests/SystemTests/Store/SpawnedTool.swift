import Glibc
import TestSupport

/// The built `apus`, started without a wait, so that it can be killed at a moment that is chosen to the microsecond.
struct SpawnedTool {
    private let process: pid_t

    init(_ arguments: [String]) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
        var pointers = ([BuiltTool.path] + arguments).map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        var identifier = pid_t()
        let status = posix_spawn(&identifier, BuiltTool.path, &actions, nil, &pointers, environ)
        guard status == 0 else { throw ServerProcess.Failure(description: String(cString: strerror(status))) }
        process = identifier
    }

    /// Waits for the end, and kills the process if that takes longer.
    ///
    /// - Returns: whether it ended by itself, as it should.
    func end(after seconds: Double) throws -> Bool {
        let deadline = ContinuousClock.now + .seconds(seconds)
        var status: Int32 = 0
        while ContinuousClock.now < deadline {
            guard waitpid(process, &status, WNOHANG) == 0 else { return try succeeded(status) }
            usleep(200)
        }
        kill(process, SIGKILL)
        waitpid(process, &status, 0)
        guard status & 0x7F != SIGKILL else { return false }
        return try succeeded(status)
    }

    private func succeeded(_ status: Int32) throws -> Bool {
        guard status == 0 else { throw ServerProcess.Failure(description: "apus ended with status \(status)") }
        return true
    }
}
