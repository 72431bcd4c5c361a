import Foundation
import TestSupport
import Testing

@Suite("Clients of the Open Inference Protocol")
struct InferenceClientTests {
    private static let rows = "[[0.5, 0.6, 0.4, 100, 80], [0.99, 0.62, 0.4, 25, 20]]"

    /// What a script printed, with sorted keys.
    private func report(_ script: String, _ port: Int, in environment: String = "peers") throws -> String {
        let output = try PythonEnvironment(environment).run(
            URL(filePath: "\(ExampleModel.root)/Tests/SystemTests/\(script)"),
            ["\(port)", "anomaly-detector", Self.rows])
        return try sorted(output)
    }

    private func sorted(_ json: String) throws -> String {
        let object = try JSONSerialization.jsonObject(with: Data(json.utf8))
        return String(
            decoding: try JSONSerialization.data(withJSONObject: object, options: [.sortedKeys]), as: UTF8.self)
    }

    @Test("KServe's client, with JSON and with raw tensors")
    func kserve() async throws {
        let (server, port) = try await ExampleModel.served()
        let answer =
            #"{"id":"7","model":"anomaly-detector","name":"output-0","datatype":"INT64","values":[1,-1]}"#
        let expected = #"{"json":\#(answer),"binary":\#(answer),"ready":true,"server":[true,true]}"#
        #expect(try report("kserve_infer.py", port) == sorted(expected))
        withExtendedLifetime(server) {}
    }

    @Test("Triton's client: every pair of forms, compressed bodies, metadata, the repository, refusals")
    func triton() async throws {
        let (server, port) = try await ExampleModel.served()
        let expected = #"""
            {
              "live": true, "ready": true, "model": true, "server": "apus", "index": [["anomaly-detector", "READY"]],
              "inputs": [{"name": "input-0", "datatype": "FP64", "shape": [-1, 5]}],
              "outputs": ["output-0", "predict", "decision_function", "score_samples"],
              "labels": [1, -1], "scores": 2, "agree": true, "default": [1, -1], "gzip": true, "deflate": true,
              "unknown output": ["400", "Unexpected inference output 'x' for model 'anomaly-detector'"],
              "unknown model": ["404", "Model with name x does not exist."], "unloaded": false, "loaded": true
            }
            """#
        #expect(try report("triton_infer.py", port) == sorted(expected))
        withExtendedLifetime(server) {}
    }

    @Test("MLServer's types and codecs: arrays, data frames, fields that are null, metadata, the repository")
    func mlserver() async throws {
        let (server, port) = try await ExampleModel.served()
        let expected = #"""
            {
              "numpy": [[1], [-1]], "nulls": true, "pandas": [1, -1], "scores": [2, 1], "content types": ["np", "np"],
              "platform": "sklearn_pickle", "inputs": [[-1, 5]], "index": [["anomaly-detector", "READY"]]
            }
            """#
        #expect(try report("mlserver_infer.py", port, in: "mlserver") == sorted(expected))
        withExtendedLifetime(server) {}
    }

    /// A server that answers for the example, and its port for gRPC.
    private func served() async throws -> (ServerProcess, Int) {
        let (server, _) = try await ExampleModel.served()
        let port = try await server.wait("it listens for gRPC") { log in
            log.split(separator: "\"grpc_port\":\"").dropFirst().first.flatMap { Int($0.prefix { $0.isNumber }) }
        }
        return (server, port)
    }

    @Test("KServe's gRPC client, with typed and with raw tensors, and its repository messages")
    func kserveGRPC() async throws {
        let (server, port) = try await served()
        let answer =
            #"{"id":"7","model":"anomaly-detector","name":"output-0","datatype":"INT64","values":[1,-1]}"#
        let repository = #"["anomaly-detector",true,"anomaly-detector",true]"#
        let expected =
            #"{"typed":\#(answer),"raw":\#(answer),"ready":true,"server":[true,true],"repository":\#(repository)}"#
        #expect(try report("kserve_grpc.py", port) == sorted(expected))
        withExtendedLifetime(server) {}
    }

    @Test("Triton's gRPC client: both forms, a stream, metadata, the repository, refusals; health and reflection")
    func tritonGRPC() async throws {
        let (server, port) = try await served()
        let expected = #"""
            {
              "live": true, "ready": true, "model": true, "server": "apus", "index": [["anomaly-detector", "READY"]],
              "inputs": [{"name": "input-0", "datatype": "FP64", "shape": ["-1", "5"]}],
              "outputs": ["output-0", "predict", "decision_function", "score_samples"],
              "labels": [1, -1], "scores": [2, 1], "typed": [1, -1],
              "stream": [[1, -1], "Model with name x does not exist.", [1, -1]],
              "health": ["SERVING", "SERVING", "SERVING", "StatusCode.NOT_FOUND"],
              "reflection": [
                ["grpc.health.v1.Health", "grpc.reflection.v1.ServerReflection", "inference.GRPCInferenceService"], 10,
                ["name", "datatype", "shape", "parameters", "contents"]
              ],
              "unknown output": "StatusCode.INVALID_ARGUMENT", "unknown model": "StatusCode.NOT_FOUND",
              "unknown version": "StatusCode.NOT_FOUND", "over the limit": "StatusCode.RESOURCE_EXHAUSTED",
              "unloaded": "StatusCode.NOT_FOUND", "loaded": true
            }
            """#
        #expect(try report("triton_grpc.py", port) == sorted(expected))
        withExtendedLifetime(server) {}
    }
}
