import Foundation
import Testing

@Suite("apus inspect")
struct InspectTests {
    private static let example = "Examples/anomaly-detector/model.pkl"

    @Test("The example model's classes, columns and trees")
    func example() throws {
        let outcome = try BuiltTool.run(["inspect", Self.example])
        #expect(outcome.exitCode == 0)
        for line in ["features     5", "servable     yes", "trees        200 with"] {
            #expect(outcome.output.contains(line))
        }
        #expect(outcome.output.contains("sklearn.ensemble._iforest.IsolationForest"))
    }

    @Test("JSON for programs")
    func json() throws {
        struct Summary: Decodable {
            let trees: Int
            let features: Int
            let outputs: [String]
            let scikitLearnVersion: String
        }
        let outcome = try BuiltTool.run(["inspect", Self.example, "--json"])
        let summary = try JSONDecoder().decode(Summary.self, from: Data(outcome.output.utf8))
        #expect(summary.trees == 200 && summary.features == 5)
        #expect(summary.outputs == ["predict", "decision_function", "score_samples"])
        #expect(summary.scikitLearnVersion.hasPrefix("1."))
    }

    @Test("A pickle that asks to run a command is shown, refused, and runs nothing", arguments: ["inspect", "predict"])
    func hostile(command: String) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let witness = folder.appending(path: "witness").path
        let pickle = folder.appending(path: "model.pkl")
        // Protocol 0 by hand: os.system("touch WITNESS").
        try Data("cos\nsystem\n(S'touch \(witness)'\ntR.".utf8).write(to: pickle)
        let arguments = command == "predict" ? ["--input", "-"] : []
        let outcome = try BuiltTool.run([command, pickle.path] + arguments, input: #"{"instances": [[1]]}"#)
        #expect(outcome.exitCode == 2)
        #expect(outcome.errors.contains("os.system"))
        #expect(!FileManager.default.fileExists(atPath: witness))
    }

    @Test("What is no model is refused in one line with exit code 2", arguments: ["/", "/nonexistent", "README.md"])
    func refused(path: String) throws {
        let outcome = try BuiltTool.run(["inspect", path])
        #expect(outcome.exitCode == 2)
        #expect(outcome.errors.hasPrefix("apus: \(path): "))
        #expect(outcome.errors.filter { $0 == "\n" }.count == 1)
    }

    @Test("The listing names every value")
    func listing() throws {
        let outcome = try BuiltTool.run(["inspect", Self.example, "--pickle"])
        #expect(outcome.exitCode == 0)
        #expect(outcome.output.hasPrefix("root #"))
        #expect(outcome.output.contains("instance of sklearn.pipeline.Pipeline"))
    }
}
