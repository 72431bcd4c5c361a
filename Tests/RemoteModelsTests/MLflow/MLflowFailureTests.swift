import ModelStore
import NetworkTestSupport
import TestSupport
import Testing

@testable import RemoteModels

@Suite("MLflow servers that fail, or are none")
struct MLflowFailureTests {
    private let folder = TemporaryFolder()

    private func failure(
        _ answers: [String: ScriptedServer.Step], _ uri: String = "models:/pm/1", _ more: [String: String] = [:]
    ) async throws -> (error: StoreError?, requests: [ScriptedServer.Request]) {
        let server = try await ScriptedServer { request in
            let place = answers.keys.filter { request.target.hasPrefix($0) }.max { $0.count < $1.count }
            return [place.flatMap { answers[$0] } ?? .answer(404, text: "{}")]
        }
        let settings = try hastySettings(["MLFLOW_TRACKING_URI": "\(server.url)/base/"].merging(more) { $1 })
        do throws(StoreError) {
            try await RemoteModel(ModelURI(uri), settings: settings).copy(to: folder.path("copy"))
            return (nil, server.requests)
        } catch {
            return (error, server.requests)
        }
    }

    private static func version(_ status: String = "READY") -> ScriptedServer.Step {
        .answer(200, text: #"{"model_version": {"name": "pm", "version": "1", "status": "\#(status)"}}"#)
    }

    private static let api = "/base/api/2.0/mlflow"

    @Test("What is not MLflow's API is said to be so")
    func notMLflow() async throws {
        for (step, code, sentence) in [
            (
                ScriptedServer.Step.answer(200, headers: [("Content-Type", "text/html")], text: "<html>Sign in</html>"),
                StoreError.Code.malformed,
                "did not answer in JSON (text/html), as MLflow does: check MLFLOW_TRACKING_URI"
            ),
            (.answer(200, text: "[]"), .malformed, "did not answer in JSON"),
            (.answer(200, text: "{}"), .malformed, #"answer has no "model_version""#),
            (.answer(404, text: "<html>"), .notFound, "the MLflow server answered 404"),
            (.answer(401, text: "no"), .denied, "MLFLOW_TRACKING_USERNAME"),
            (.answer(500, text: "no"), .unavailable, "the MLflow server answered 500"),
            (.answer(200, text: #"{"model_version": {"version": "x"}}"#), .malformed, #"answer has no "version""#),
            (Self.version("PENDING_REGISTRATION"), .unavailable, "version 1 is PENDING_REGISTRATION in MLflow"),
            (
                .answer(400, text: #"{"error_code": "INVALID_PARAMETER_VALUE", "message": "no such stage"}"#),
                .notFound,
                "the MLflow server answered 400: no such stage"
            ),
        ] {
            let (error, _) = try await failure(["\(Self.api)/model-versions/get?": step])
            #expect(error?.code == code, "\(String(describing: error))")
            #expect(error?.message.hasPrefix("models:/pm/1: ") == true)
            #expect(error?.message.contains(sentence) == true, "\(String(describing: error))")
        }
    }

    @Test("Artefacts that Apus cannot reach are refused by where they are")
    func artifacts() async throws {
        for (place, code, sentence) in [
            ("file:///srv/mlruns/1", StoreError.Code.unsupported, "its files are at file:, which Apus does not read"),
            ("dbfs:/x", .unsupported, "--serve-artifacts"), ("/srv/mlruns", .unsupported, "does not read"),
            ("mlflow-artifacts://other:5000/x", .unsupported, "does not read"),
            ("mlflow-artifacts:/a/../../x", .malformed, "MLflow names no artefacts"),
            ("s3://bucket/x", .denied, "no credentials for S3"),
        ] {
            let (error, _) = try await failure([
                "\(Self.api)/model-versions/get?": Self.version(),
                "\(Self.api)/model-versions/get-download-uri": .answer(200, text: #"{"artifact_uri": "\#(place)"}"#),
            ])
            #expect(error?.code == code, "\(place): \(String(describing: error))")
            #expect(error?.message.contains(sentence) == true, "\(place): \(String(describing: error))")
        }
    }

    @Test("A list of artefacts that leads elsewhere, and a hostile MLmodel, are refused")
    func hostile() async throws {
        for (list, model, code) in [
            (#"{"files": [{"path": "../x", "file_size": 1}]}"#, "", StoreError.Code.malformed),
            (#"{"files": [{"path": ".."}]}"#, "", .malformed), (#"{"files": [{}]}"#, "", .malformed),
            (#"{"files": []}"#, "", .notFound), (#"{"files": [{"path": "MLmodel"}]}"#, "\u{0}[[[[", .malformed),
            (
                #"{"files": [{"path": "MLmodel"}]}"#, "flavors:\n  sklearn:\n    pickled_model: ../../etc/passwd",
                .notFound
            ),
            (#"{"files": [{"path": "MLmodel"}]}"#, String(repeating: "a", count: 2 << 20), .malformed),
        ] {
            let (error, _) = try await failure([
                "\(Self.api)/model-versions/get?": Self.version(),
                "\(Self.api)/model-versions/get-download-uri": .answer(
                    200, text: #"{"artifact_uri": "mlflow-artifacts:/1"}"#),
                "/base\(MLflowClient.artifacts)?": .answer(200, text: list),
                "/base\(MLflowClient.artifacts)/1/MLmodel": .answer(200, text: model),
            ])
            #expect(error?.code == code, "\(String(describing: error))")
        }
        #expect(folder.files == [])
    }

    @Test("Credentials are sent as MLflow's client sends them, and told nobody")
    func credentials() async throws {
        for (variables, header) in [
            ([:], nil as String?), (["MLFLOW_TRACKING_TOKEN": "hunter2"], "Bearer hunter2"),
            (["MLFLOW_TRACKING_USERNAME": "a", "MLFLOW_TRACKING_PASSWORD": "hunter2"], "Basic YTpodW50ZXIy"),
        ] {
            let (error, requests) = try await failure([:], "models:/pm@champion", variables)
            #expect(requests.map { $0.headers["authorization"] } == [header])
            #expect(requests.map(\.target) == ["\(Self.api)/registered-models/alias?name=pm&alias=champion"])
            #expect(error?.message.contains("hunter2") == false)
        }
    }

    @Test(
        "A server that is none is refused by the variable", arguments: ["", "databricks", "sqlite:///x.db", "/mlruns"])
    func noServer(uri: String) throws {
        let settings = try hastySettings(["MLFLOW_TRACKING_URI": uri])
        let error = #expect(throws: StoreError.self) {
            _ = try RemoteModel(ModelURI("models:/pm/1"), settings: settings)
        }
        #expect(error?.code == .refused)
        #expect(error?.message.contains("MLFLOW_TRACKING_URI") == true)
    }
}
