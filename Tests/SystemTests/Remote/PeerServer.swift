import Foundation
import ModelStore
import TestSupport

/// A server of the field, started by a Python script that says when it is ready, and ended with the test.
final class PeerServer: Sendable {
    /// What the script said when it was ready: the server's address, credentials, what it holds.
    let facts: JSONValue.Object
    private let process: ServerProcess

    /// Starts a script of this folder, and waits until it is ready.
    init(_ script: String, _ arguments: [String] = [], environment: String, input: String = "/dev/null") async throws {
        let python = PythonEnvironment.program("python", in: environment)
        guard FileManager.default.isExecutableFile(atPath: python) else {
            throw ServerProcess.Failure(description: "no \(python): run scripts/test")
        }
        let path = URL(filePath: #filePath).deletingLastPathComponent().appending(path: script).path
        let shell = #"exec "$@" < "$INPUT""#
        process = try ServerProcess(
            program: ["env", "INPUT=\(input)", "bash", "-c", shell, "bash", python, path] + arguments)
        facts = try await process.wait("\(script) is ready", seconds: 120, until: Self.facts)
    }

    private static func facts(_ log: String) -> JSONValue.Object? {
        log.split(separator: "\n").lazy.filter { $0.hasPrefix("{") }.compactMap { line in
            (try? JSONValue(parsing: Array(line.utf8)))?.object
        }.first
    }

    /// Ends the server now.
    func stop() { process.send(SIGKILL) }

    /// Waits until the script has printed something.
    func wait(until text: String) async throws {
        try await process.wait("it printed \(text)") { $0.contains(text) ? true : nil }
    }

    /// A fact that is a text.
    func text(_ key: String) -> String { facts[key]?.string ?? "" }
}
