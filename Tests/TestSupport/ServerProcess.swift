import Glibc

/// The built `apus`, or another program, as a process of its own, ended when the test lets go of it.
package final class ServerProcess: Sendable {
    /// Why a process did not do what a test needs of it.
    package struct Failure: Error, CustomStringConvertible {
        package let description: String

        package init(description: String) { self.description = description }
    }

    /// The number of the process.
    package var pid: Int32 { process }
    private let process: pid_t
    private let logFile: String
    private let folder: TemporaryFolder

    /// Starts `apus` with arguments.
    ///
    /// - Parameter wrapper: a program and its arguments that is to start `apus`, for instance with less rights.
    package convenience init(_ arguments: [String], wrapper: [String] = []) throws {
        try self.init(program: wrapper + [Self.binary] + arguments)
    }

    /// Starts a program with arguments, in a group of processes that ends as a whole.
    package init(program words: [String]) throws {
        folder = TemporaryFolder()
        logFile = folder.path("log")
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, logFile, O_CREAT | O_WRONLY | O_APPEND, 0o600)
        posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO)
        var pointers = words.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        var identifier = pid_t()
        let status = posix_spawnp(&identifier, words[0], &actions, &attributes, &pointers, environ)
        guard status == 0 else { throw Failure(description: "\(words[0]): \(String(cString: strerror(status)))") }
        process = identifier
    }

    deinit {
        kill(-process, SIGKILL)
        waitpid(process, nil, 0)
    }

    /// Starts `apus serve` on free ports, and waits until it listens for HTTP.
    package static func serving(_ arguments: [String], wrapper: [String] = []) async throws -> (ServerProcess, Int) {
        let options = ["--host", "127.0.0.1", "--http-port", "0", "--grpc-port", "0", "--poll-interval", "0.05"]
        let server = try ServerProcess(["serve"] + options + arguments, wrapper: wrapper)
        let port = try await server.wait("it listens") { log in
            log.split(separator: "\n").first { $0.contains("\"message\":\"listening\"") }
                .flatMap { $0.split(separator: "\"port\":\"").last?.prefix { $0.isNumber } }
                .flatMap { Int($0) }
        }
        return (server, port)
    }

    /// The program beside the tests.
    private static var binary: String {
        var path = [CChar](repeating: 0, count: Int(PATH_MAX))
        readlink("/proc/self/exe", &path, path.count - 1)
        let own = String(decoding: path.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return own.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/") + "/apus"
    }

    /// What the process has written so far.
    package var log: String {
        guard let file = fopen(logFile, "r") else { return "" }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        let count = fread(&bytes, 1, bytes.count, file)
        return String(decoding: bytes.prefix(count), as: UTF8.self)
    }

    /// Waits until what the process has written says what a test looks for.
    @discardableResult
    package func wait<Value>(
        _ purpose: String, seconds: Int = 20, until found: (String) -> Value?
    ) async throws -> Value {
        for _ in 0..<50 * seconds {
            let status = status
            if let value = found(log) { return value }
            if let status { throw Failure(description: "it ended with \(status) before \(purpose):\n\(log)") }
            try await Task.sleep(for: .milliseconds(20))
        }
        throw Failure(description: "waited in vain until \(purpose); the log is:\n\(log)")
    }

    /// Sends a signal.
    package func send(_ signal: Int32) { kill(process, signal) }

    /// Waits for the end, for at most 20 seconds, and returns the exit code; 128 and the signal if one ended it.
    package func exitCode() async throws -> Int32 {
        for _ in 0..<1_000 {
            if let status { return status }
            try await Task.sleep(for: .milliseconds(20))
        }
        throw Failure(description: "the process did not end; its log is:\n\(log)")
    }

    /// The exit code, or 128 and the signal that ended the process; nil while it runs.
    private var status: Int32? {
        var information = siginfo_t()
        // WNOWAIT leaves the process to be reaped when the test lets go of it.
        waitid(P_PID, id_t(process), &information, WEXITED | WNOHANG | WNOWAIT)
        guard information.si_signo == SIGCHLD else { return nil }
        let status = information._sifields._sigchld.si_status
        return information.si_code == CLD_EXITED ? status : 128 + status
    }
}
