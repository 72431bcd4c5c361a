package import Foundation

/// A virtual environment of Python for tests, which `scripts/test` makes.
package struct PythonEnvironment: Sendable {
    /// Why a script could not be run to its end.
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    private static let maximumSeconds = 600.0

    private let folder: URL

    /// The environment of a name, e.g. `sklearn-1.9.1`.
    package init(_ name: String) { folder = Cache.folder.appending(path: "venvs/\(name)") }

    /// The environment of a release of scikit-learn.
    package init(scikitLearn version: String) { self.init("sklearn-\(version)") }

    /// The path of a program in an environment, e.g. `python` in `notebooks`.
    package static func program(_ name: String, in environment: String) -> String {
        Cache.folder.appending(path: "venvs/\(environment)/bin/\(name)").path
    }

    /// Runs a script and returns what it printed.
    ///
    /// - Throws: ``Failure`` with its last lines if it fails, or has not ended after ten minutes.
    @discardableResult
    package func run(_ script: URL, _ arguments: [String]) throws -> String {
        let python = folder.appending(path: "bin/python")
        guard FileManager.default.isExecutableFile(atPath: python.path) else {
            throw Failure(description: "no Python in \(folder.path): run scripts/test")
        }
        let scratch = TemporaryFolder()
        let streams = try ["output", "log"].map { name in
            scratch.write([], to: name)
            return try FileHandle(forWritingTo: URL(filePath: scratch.path(name)))
        }
        let process = Process()
        process.executableURL = python
        process.arguments = ["-B", script.path] + arguments
        (process.standardOutput, process.standardError) = (streams[0], streams[1])
        try process.run()
        let deadline = Date(timeIntervalSinceNow: Self.maximumSeconds)
        while process.isRunning {
            guard Date() < deadline else {
                process.terminate()
                throw Failure(description: "\(script.lastPathComponent) runs for more than \(Self.maximumSeconds) s")
            }
            Thread.sleep(forTimeInterval: 0.02)
        }
        guard process.terminationStatus == 0 else {
            let log = try String(contentsOfFile: scratch.path("log"), encoding: .utf8)
            let lines = log.split(separator: "\n").suffix(20).joined(separator: "\n")
            throw Failure(description: "\(script.lastPathComponent) failed in \(folder.path):\n\(lines)")
        }
        return try String(contentsOfFile: scratch.path("output"), encoding: .utf8)
    }
}

/// The folder in which the scripts keep what they install for tests.
package enum Cache {
    package static var folder: URL {
        let variables = ProcessInfo.processInfo.environment
        let home = variables["XDG_CACHE_HOME"].map { "\($0)/apus" } ?? "\(NSHomeDirectory())/.cache/apus"
        return URL(filePath: variables["APUS_CACHE"] ?? home)
    }
}
