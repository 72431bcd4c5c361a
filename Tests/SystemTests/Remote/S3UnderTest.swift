import Foundation
import ModelStore
import TestSupport

/// moto's S3 service, and the tool and others as its users.
struct S3UnderTest {
    let server: PeerServer

    init() async throws { server = try await PeerServer("s3_server.py", environment: "notebooks") }

    /// The variables of a user, and others.
    func variables(_ user: String = "user", _ more: [String: String] = [:]) -> [String: String] {
        let keys = server.facts[user]?.object
        return [
            "AWS_ENDPOINT_URL": server.text("endpoint"), "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_ACCESS_KEY_ID": keys?["access_key"]?.string ?? "",
            "AWS_SECRET_ACCESS_KEY": keys?["secret_key"]?.string ?? "", "S3_MAX_ATTEMPTS": "1",
        ].merging(more) { $1 }
    }

    /// Reads a model as KServe does.
    ///
    /// - Returns: the names of the files at the top, and the SHA-256 of the model's.
    func stockReader(_ uri: String) throws -> (top: [String], sha256: String) {
        let script = "\(BuiltTool.root.path)/Tests/SystemTests/Remote/s3_reader.py"
        let outcome = try BuiltTool.run(
            PythonEnvironment.program("python", in: "notebooks"), [script, uri], variables: variables())
        guard outcome.exitCode == 0, let line = outcome.output.split(separator: "\n").last,
            let answer = try JSONValue(parsing: Array(line.utf8)).object
        else { throw ServerProcess.Failure(description: outcome.errors) }
        return (answer["top"]?.array?.compactMap(\.string) ?? [], answer["sha256"]?.string ?? "")
    }
}
