import Access
import Crypto
import GRPCCore
import Serving
import SwiftProtobuf
import TestSupport
import Testing

@testable import ServingGRPC

@Suite("Who may call, and what is counted")
struct GuardedRPCTests {
    private let folder = TemporaryFolder()
    private static let question = Inference_ModelInferRequest.with {
        $0.modelName = "m"
        $0.inputs = [
            .with {
                $0.name = "x"
                $0.datatype = "FP64"
                $0.shape = [1, 2]
                $0.contents.fp64Contents = [1, 2]
            }
        ]
    }

    private func server() throws -> TestServer {
        let lines = [("reader", "read", "r"), ("one", "predict:m", "o"), ("operator", "admin", "x")].map {
            name, grants, secret in
            let digest = SHA256.hash(data: Array(secret.utf8)).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
            return "\(name) \(grants) \(digest.joined())\n"
        }
        folder.write(Array(lines.joined().utf8), to: "keys")
        var server = TestServer.withModel()
        server.gate = AccessGate(keys: try KeyFile(path: folder.path("keys")), guardsMetrics: false)
        return server
    }

    private static func bearer(_ secret: String) -> Metadata { ["authorization": "Bearer \(secret)"] }

    @Test("Inference needs a key for its model, message by message in a stream; health and readiness need none")
    func inference() async throws {
        try await server().test { client in
            #expect(await client.refusal(Self.question)?.code == .unauthenticated)
            #expect(await client.refusal(Self.question, metadata: Self.bearer("y"))?.code == .unauthenticated)
            #expect(await client.refusal(Self.question, metadata: Self.bearer("r"))?.code == .permissionDenied)
            for metadata in [Self.bearer("o"), ["x-api-key": "o"], Self.bearer("x")] as [Metadata] {
                #expect(await client.refusal(Self.question, metadata: metadata) == nil)
            }
            var other = Self.question
            other.modelName = "n"
            let answers = try await client.stream([Self.question, other], metadata: Self.bearer("o"))
            #expect(answers.map(\.errorMessage) == ["", "one may not do this."])
            let ready: Inference_ServerReadyResponse = try await client.call(
                "ServerReady", Inference_ServerReadyRequest())
            let health: Grpc_Health_V1_HealthCheckResponse = try await client.call(
                "Check", Grpc_Health_V1_HealthCheckRequest(), service: "grpc.health.v1.Health")
            #expect(ready.ready && health.status == .serving)
        }
    }

    @Test("Metadata needs a key that reads, and loading one that administrates")
    func administration() async throws {
        try await server().test { client in
            let cases: [(secret: String, read: RPCError.Code?, unload: RPCError.Code?)] = [
                ("", .unauthenticated, .unauthenticated), ("r", nil, .permissionDenied), ("x", nil, nil),
            ]
            for (secret, read, unload) in cases {
                let metadata = Self.bearer(secret)
                #expect(
                    await Self.code {
                        let _: Inference_ModelMetadataResponse = try await client.call(
                            "ModelMetadata", Inference_ModelMetadataRequest.with { $0.name = "m" }, metadata: metadata)
                    } == read, "\(secret)")
                #expect(
                    await Self.code {
                        let _: Inference_RepositoryModelUnloadResponse = try await client.call(
                            "RepositoryModelUnload",
                            Inference_RepositoryModelUnloadRequest.with { $0.secondName = "m" }, metadata: metadata)
                    } == unload, "\(secret)")
            }
        }
    }

    /// The code that a call ends with; nil if it is answered.
    private static func code(_ call: () async throws -> Void) async -> RPCError.Code? {
        do {
            try await call()
            return nil
        } catch {
            return (error as? RPCError)?.code
        }
    }

    @Test("Calls are counted by method and status")
    func counted() async throws {
        let server = try server()
        try await server.test { client in
            _ = await client.refusal(Self.question)
            for _ in 0..<2 { _ = try await client.infer(Self.question, metadata: Self.bearer("o")) }
            _ = try await client.stream([Self.question], metadata: Self.bearer("o"))
        }
        let page = MetricsPage.text(registry: server.registry, server: server.meter)
        let service = #"grpc_service="inference.GRPCInferenceService""#
        for line in [
            #"grpc_server_handled_total{\#(service),grpc_method="ModelInfer",grpc_code="OK"} 2"#,
            #"grpc_server_handled_total{\#(service),grpc_method="ModelInfer",grpc_code="UNAUTHENTICATED"} 1"#,
            #"grpc_server_handled_total{\#(service),grpc_method="ModelStreamInfer",grpc_code="OK"} 1"#,
            "http_requests_in_flight 0.0",
        ] {
            #expect(page.contains(line + "\n"), "\(line)")
        }
    }
}
