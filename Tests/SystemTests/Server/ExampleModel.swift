import Glibc
import TestSupport

/// The model that the repository ships, and what is known of it.
enum ExampleModel {
    /// The repository.
    static let root = #filePath.split(separator: "/Tests/SystemTests/", maxSplits: 1).first.map(String.init) ?? ""
    /// The model file.
    static let path = "\(root)/Examples/anomaly-detector/model.pkl"
    /// Where it answers.
    static let predict = "/v1/models/anomaly-detector:predict"
    /// A question.
    static let question = #"{"instances": [[0.5, 0.6, 0.4, 100, 80], [0.99, 0.62, 0.4, 25, 20]]}"#
    /// Its answer.
    static let answer = HTTPConnection.Answer(
        status: 200, body: #"{"predictions":[1,-1],"model_name":"anomaly-detector"}"#)

    /// The bytes of the model file.
    static func bytes() throws -> [UInt8] {
        guard let file = fopen(path, "r") else { throw ServerProcess.Failure(description: "no \(path)") }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 8 << 20)
        let count = fread(&bytes, 1, bytes.count, file)
        return Array(bytes.prefix(count))
    }

    /// A server that answers for the model.
    static func served(_ arguments: [String] = []) async throws -> (ServerProcess, Int) {
        let (server, port) = try await ServerProcess.serving([path] + arguments)
        try await server.wait("the model is loaded") { $0.contains("model loaded") ? true : nil }
        return (server, port)
    }
}
