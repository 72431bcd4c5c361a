import GRPCCore
import Serving
import SwiftProtobuf
import TestSupport
import Testing

@testable import ServingGRPC

@Suite("Health, metadata and the repository over gRPC")
struct RepositoryRPCTests {
    /// A server with a model that answers and one that does not.
    private static func server() -> TestServer {
        let server = TestServer.withModel()
        server.registry.setFailed("broken", reason: "it is no pickle")
        return server
    }

    @Test("Liveness, and readiness of the server, a model and a version")
    func readiness() async throws {
        try await TestServer.withModel().test { client in
            let live: Inference_ServerLiveResponse = try await client.call("ServerLive", Inference_ServerLiveRequest())
            let ready: Inference_ServerReadyResponse = try await client.call(
                "ServerReady", Inference_ServerReadyRequest())
            #expect(live.live && ready.ready)
        }
        try await Self.server().test { client in
            let ready: Inference_ServerReadyResponse = try await client.call(
                "ServerReady", Inference_ServerReadyRequest())
            #expect(!ready.ready)
            for (name, version, expected) in [("m", "", true), ("m", "3", true), ("broken", "", false)] {
                let answer: Inference_ModelReadyResponse = try await client.call(
                    "ModelReady",
                    Inference_ModelReadyRequest.with {
                        $0.name = name
                        $0.version = version
                    })
                #expect(answer.ready == expected, "\(name) \(version)")
            }
            for (name, version) in [("x", ""), ("m", "4"), ("", "")] {
                await #expect(throws: RPCError.self) {
                    let _: Inference_ModelReadyResponse = try await client.call(
                        "ModelReady",
                        Inference_ModelReadyRequest.with {
                            $0.name = name
                            $0.version = version
                        })
                }
            }
        }
    }

    @Test("Metadata of the server and of a model")
    func metadata() async throws {
        try await TestServer.withModel().test { client in
            let server: Inference_ServerMetadataResponse = try await client.call(
                "ServerMetadata", Inference_ServerMetadataRequest())
            #expect(server.name == "apus" && server.extensions.contains("model_repository_extension"))
            let model: Inference_ModelMetadataResponse = try await client.call(
                "ModelMetadata", Inference_ModelMetadataRequest.with { $0.name = "m" })
            #expect(model.name == "m" && model.versions == ["3"] && model.platform == "sklearn_pickle")
            #expect(model.inputs.map(\.shape) == [[-1, 2]] && model.inputs.map(\.datatype) == ["FP64"])
            #expect(model.outputs.map(\.name) == ["output-0", "predict", "predict_proba", "decision_function"])
        }
    }

    @Test("The index has every model and why one does not answer")
    func index() async throws {
        try await Self.server().test { client in
            for readyOnly in [false, true] {
                let index: Inference_RepositoryIndexResponse = try await client.call(
                    "RepositoryIndex", Inference_RepositoryIndexRequest.with { $0.ready = readyOnly })
                let entries = index.models.map { [$0.name, $0.version, $0.state, $0.reason] }
                let broken = [["broken", "", "UNAVAILABLE", "it is no pickle"]]
                #expect(entries == (readyOnly ? [] : broken) + [["m", "3", "READY", ""]])
            }
        }
    }

    @Test("Field 2 names the model, as for Triton, and field 1 where it is empty, as for KServe")
    func dialects() async throws {
        try await Self.server().test { client in
            for (first, second) in [("x", ""), ("a repository", "x")] {
                let error = await #expect(throws: RPCError.self) {
                    let _: Inference_RepositoryModelLoadResponse = try await client.call(
                        "RepositoryModelLoad",
                        Inference_RepositoryModelLoadRequest.with {
                            $0.firstName = first
                            $0.secondName = second
                        })
                }
                #expect(error?.code == .notFound && error?.message == "Model with name x does not exist.")
            }
        }
    }

    @Test("A stream answers one request after the other, and goes on behind one that is refused")
    func stream() async throws {
        try await TestServer.withModel().test { client in
            let requests = ["m", "x", "m"].enumerated().map { index, name in
                Inference_ModelInferRequest.with {
                    $0.modelName = name
                    $0.id = "\(index)"
                    $0.inputs = [
                        .with {
                            $0.name = "x"
                            $0.datatype = "FP64"
                            $0.shape = [1, 2]
                            $0.contents.fp64Contents = [1, 2]
                        }
                    ]
                }
            }
            let answers = try await client.stream(requests)
            #expect(answers.map(\.inferResponse.id) == ["0", "1", "2"])
            #expect(answers.map(\.errorMessage) == ["", "Model with name x does not exist.", ""])
            #expect(answers[2].inferResponse.outputs[0].contents.int64Contents == [1])
        }
    }

    @Test("The server's health is that of its models; a service that there is not has none")
    func health() async throws {
        for (server, expected) in [(TestServer.withModel(), 1), (Self.server(), 2), (TestServer(), 2)] {
            try await server.test { client in
                for service in ["", "inference.GRPCInferenceService"] {
                    let answer: Grpc_Health_V1_HealthCheckResponse = try await client.call(
                        "Check", Grpc_Health_V1_HealthCheckRequest.with { $0.service = service },
                        service: "grpc.health.v1.Health")
                    #expect(answer.status.rawValue == expected)
                }
                let error = await #expect(throws: RPCError.self) {
                    let _: Grpc_Health_V1_HealthCheckResponse = try await client.call(
                        "Check", Grpc_Health_V1_HealthCheckRequest.with { $0.service = "x" },
                        service: "grpc.health.v1.Health")
                }
                #expect(error?.code == .notFound)
            }
        }
    }
}
