import Foundation
import ModelStore
import TestSupport
import Testing

/// The tool against a real MLflow server, with models that MLflow logged.
@Suite("Models in MLflow")
struct RemoteMLflowTests {
    private let folder = TemporaryFolder()
    private let server: PeerServer
    private let input: String

    init() async throws {
        input = folder.path("input")
        guard mkfifo(input, 0o600) == 0 else { throw ServerProcess.Failure(description: "no fifo") }
        folder.makeFolder("server")
        // The script's input stays open for as long as this descriptor is.
        descriptor = open(input, O_RDWR)
        server = try await PeerServer(
            "mlflow_server.py", [folder.path("server")], environment: "mlflow", input: input)
    }

    private let descriptor: Int32

    private func apus(_ words: String..., variables: [String: String] = [:]) throws -> BuiltTool.Outcome {
        let address = ["MLFLOW_TRACKING_URI": server.text("address")]
        return try BuiltTool.run(
            ["models"] + words + ["--store", folder.path("store")], variables: address.merging(variables) { $1 })
    }

    // One test, as the server takes seconds to start.
    @Test("Models are found by version, stage, alias, run and id; saved with their signature; served and followed")
    func models() async throws {
        let logged = server.facts["logged"]?.array?.compactMap(\.object) ?? []
        let files = server.facts["files"]?.array?.compactMap(\.string) ?? []
        let pickles = try files.map { try Data(contentsOf: URL(filePath: $0)) }
        try #require(pickles.count == 2 && pickles[0] != pickles[1])
        try loading(logged, pickles)
        try saving(logged)
        try refusing()
        try await serving()
        close(descriptor)
    }

    private func loading(_ logged: [JSONValue.Object], _ pickles: [Data]) throws {
        let run = { (index: Int) in logged[index]["run"]?.string ?? "" }
        for (uri, index) in [
            ("models:/pm/1", 0), ("models:/pm/2", 1), ("models:/pm/latest", 1), ("models:/pm/Production", 0),
            ("models:/pm@champion", 0), ("runs:/\(run(0))/model", 0), ("runs:/\(run(1))/model", 1),
            (logged[1]["uri"]?.string ?? "", 1),
        ] {
            let copy = folder.path("copy.pkl")
            let loaded = try apus("load", uri, "--output", copy, "--json")
            #expect(loaded.exitCode == 0, "\(uri): \(loaded.errors)")
            #expect(try Data(contentsOf: URL(filePath: copy)) == pickles[index], "\(uri)")
        }
    }

    private func saving(_ logged: [JSONValue.Object]) throws {
        for version in 1...2 {
            let saved = try apus("save", "pm", "models:/pm/\(version)")
            #expect(saved.exitCode == 0, "\(saved.errors)")
        }
        let store = ModelStore(path: folder.path("store"), writer: "tests")
        let name = try ModelName("pm")
        let details = try [1, 2].map { try #require(try store.load(name, ModelVersion($0)).metadata?.details) }
        #expect(details[0].inputs == [ModelDetails.Tensor(name: "input", datatype: "FP64", shape: [-1, 4])])
        #expect(details[0].outputs == [ModelDetails.Tensor(name: "output", datatype: "INT64", shape: [-1])])
        #expect(details[1].inputs?.map(\.name) == ["cpu", "memory", "restarts", "network"])
        #expect(details[1].inputs?.allSatisfy { $0.datatype == "FP64" && $0.shape == [-1, 1] } == true)
        for (details, logged) in zip(details, logged) {
            #expect(details.other["mlflow"]?.object?["run_id"] == logged["run"])
            #expect(details.framework?.name == "scikit-learn")
        }
        #expect(details[1].other["source"]?.string == "models:/pm/2")
    }

    private func refusing() throws {
        for (uri, variables, code, sentence) in [
            (
                "models:/constant/1", [:], 2 as Int32,
                "is an MLflow model of flavor python_function, which Apus cannot serve"
            ),
            ("models:/skops/1", [:], 2, "is stored in the form skops, which Apus cannot read"),
            ("models:/pm/Staging", [:], 2, "no version is in stage Staging"),
            ("models:/pm/Bogus", [:], 2, "Invalid Model Version stage: Bogus"),
            ("models:/pm/9", [:], 2, "answered 404: Model Version (name=pm, version=9) not found"),
            ("models:/none/1", [:], 2, "answered 404: Model Version (name=none, version=1) not found"),
            ("models:/none/latest", [:], 2, "answered 404: Registered Model with name=none not found"),
            ("models:/pm@none", [:], 2, "alias none not found"), ("runs:/abc/model", [:], 2, "answered 404"),
            ("models:/m-abc", [:], 2, "answered 404"), ("models:/pm", [:], 2, "names no model"),
            ("models:/pm/1", ["MLFLOW_TRACKING_URI": ""], 2, "set MLFLOW_TRACKING_URI"),
            ("models:/pm/1", ["MLFLOW_TRACKING_URI": "http://127.0.0.1:1"], 1, "nothing listens there"),
            // The server's own web page.
            ("models:/pm/1", ["MLFLOW_TRACKING_URI": "\(server.text("address"))/none"], 2, "answered 404"),
        ] {
            let outcome = try apus("load", uri, "--output", folder.path("refused"), variables: variables)
            #expect(outcome.exitCode == code, "\(uri): \(outcome.errors)")
            #expect(outcome.errors.contains(sentence), "\(uri): \(outcome.errors)")
        }
        #expect(!FileManager.default.fileExists(atPath: folder.path("refused")))
    }

    private func serving() async throws {
        let (tool, port) = try await ServerProcess.serving(
            ["pm=models:/pm@champion", "--remote-interval", "0.3", "--cache-dir", folder.path("cache")],
            wrapper: ["env", "MLFLOW_TRACKING_URI=\(server.text("address"))"])
        let rows = server.facts["rows"].map(\.text) ?? ""
        let answers = server.facts["answers"]?.array?.map(\.text) ?? []
        for version in 1...2 {
            if version == 2 {
                let line = Array("champion 2\n".utf8)
                #expect(write(descriptor, line, line.count) == line.count)
                try await server.wait(until: #""alias": "champion""#)
            }
            let expected = #"{"predictions":\#(answers[version - 1]),"model_name":"pm","model_version":"\#(version)"}"#
            var answer = ""
            for _ in 0..<400 where answer != expected {
                answer = try HTTPConnection.ask(
                    port, "POST", "/v1/models/pm:predict", body: #"{"instances": \#(rows)}"#
                ).body
                try await Task.sleep(for: .milliseconds(50))
            }
            #expect(answer == expected)
        }
        withExtendedLifetime(tool) {}
    }
}
