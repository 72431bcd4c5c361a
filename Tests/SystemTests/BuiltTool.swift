import Foundation

/// The `apus` that was built beside these tests, run as a process.
enum BuiltTool {
    /// What a finished process left.
    struct Outcome {
        let exitCode: Int32
        let output: String
        let errors: String
    }

    /// The binary: it lies in the folder of the test runner's own.
    static let path = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        .appending(path: "apus").path

    /// The repository's root.
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Runs a command of the tool to its end, in the repository's root, for at most `seconds`.
    static func run(
        _ arguments: [String], input: String = "", variables: [String: String] = [:], seconds: Double = 60
    ) throws -> Outcome {
        try run(URL(filePath: path), arguments, input: input, variables: variables, seconds: seconds)
    }

    /// Runs another program to its end.
    static func run(
        _ program: String, _ arguments: [String], variables: [String: String] = [:], seconds: Double = 60
    ) throws -> Outcome {
        try run(URL(filePath: program), arguments, input: "", variables: variables, seconds: seconds)
    }

    /// Runs a shell command to its end, with the tool on its path.
    static func shell(_ command: String, seconds: Double = 60) throws -> Outcome {
        try run(URL(filePath: "/bin/bash"), ["-c", command], input: "", variables: [:], seconds: seconds)
    }

    private static func run(
        _ executable: URL, _ arguments: [String], input: String, variables: [String: String], seconds: Double
    ) throws -> Outcome {
        let process = Process()
        process.executableURL = executable
        process.arguments = arguments
        process.currentDirectoryURL = root
        var environment = ProcessInfo.processInfo.environment
        let folder = URL(filePath: path).deletingLastPathComponent().path
        environment["PATH"] = "\(folder):\(environment["PATH"] ?? "/usr/bin:/bin")"
        process.environment = environment.merging(variables) { $1 }
        // Files rather than pipes: nothing has to be drained while the process runs.
        let folderOfStreams = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folderOfStreams, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folderOfStreams) }
        let streams = ["in", "out", "err"].map { folderOfStreams.appending(path: $0) }
        try Data(input.utf8).write(to: streams[0])
        for stream in streams.dropFirst() { try Data().write(to: stream) }
        process.standardInput = try FileHandle(forReadingFrom: streams[0])
        process.standardOutput = try FileHandle(forWritingTo: streams[1])
        process.standardError = try FileHandle(forWritingTo: streams[2])
        try process.run()
        let watchdog = DispatchWorkItem { process.terminate() }
        DispatchQueue.global().asyncAfter(deadline: .now() + seconds, execute: watchdog)
        process.waitUntilExit()
        watchdog.cancel()
        return Outcome(
            exitCode: process.terminationStatus, output: try String(contentsOf: streams[1], encoding: .utf8),
            errors: try String(contentsOf: streams[2], encoding: .utf8))
    }
}
