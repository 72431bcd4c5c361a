import Foundation
import TestSupport
import Testing

@Suite("The description of the server, against the server")
struct OpenAPITests {
    /// What a schema cannot say, since it depends on the model: which rows it takes.
    private static let excludedCheck = "positive_data_acceptance"
    /// `explain` answers 501 on purpose, and no request should unload the model that the others ask.
    private static let excludedPaths = "explain|unload"

    @Test("schemathesis finds no answer that the description does not allow")
    func schemathesis() async throws {
        let (server, port) = try await ExampleModel.served()
        let scratch = TemporaryFolder()
        scratch.write([], to: "log")
        let log = try FileHandle(forWritingTo: URL(filePath: scratch.path("log")))
        let process = Process()
        process.executableURL = URL(filePath: PythonEnvironment.program("schemathesis", in: "openapi"))
        process.currentDirectoryURL = URL(filePath: scratch.path)
        process.arguments = [
            "--config-file", "\(ExampleModel.root)/Tests/SystemTests/Server/schemathesis.toml", "run",
            "http://127.0.0.1:\(port)/openapi.json", "--max-examples", "20", "--exclude-checks", Self.excludedCheck,
            "--exclude-path-regex", Self.excludedPaths, "--no-color",
        ]
        (process.standardOutput, process.standardError) = (log, log)
        try process.run()
        let deadline = Date(timeIntervalSinceNow: 300)
        while process.isRunning, Date() < deadline { try await Task.sleep(for: .milliseconds(50)) }
        if process.isRunning { process.terminate() }
        process.waitUntilExit()
        let report = try String(contentsOfFile: scratch.path("log"), encoding: .utf8)
        #expect(process.terminationStatus == 0, "\(report)")
        withExtendedLifetime(server) {}
    }
}
