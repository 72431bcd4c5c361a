import Access
import GRPCCore
import GRPCInProcessTransport
import GRPCProtobuf
import Inference
import Logging
import Serving
import SwiftProtobuf
import TestSupport

@testable import ServingGRPC

/// The gRPC services over a registry that a test fills.
struct TestServer {
    let registry = ModelRegistry()
    let meter = ServerMeter()
    var gate: AccessGate?
    var settings = GRPCSettings()
    /// How requests of all protocols are answered.
    var answers = V1Service.Settings()

    /// A server with one model, `m`, of two features, in version 3.
    static func withModel() -> TestServer {
        let server = TestServer()
        server.registry.set(LoadedModel(name: "m", version: "3", plan: StubModel().plan()))
        return server
    }

    /// The other protocol, for the same models.
    var v1: V1Service { V1Service(registry: registry, settings: answers) }

    /// The services, which load nothing.
    var service: GRPCModelServer {
        GRPCModelServer(
            v2: V2Service(beside: v1),
            catalog: ModelCatalog(
                registry: registry, poller: ModelPoller(sources: [], registry: registry, interval: .seconds(1))),
            meter: meter, gate: gate, settings: settings,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    /// Runs a test against the services, without a socket.
    func test<Value: Sendable>(
        _ body: @Sendable (GRPCClient<InProcessTransport.Client>) async throws -> Value
    ) async throws -> Value {
        let transport = InProcessTransport()
        let service = service
        return try await withGRPCServer(
            transport: transport.server, services: service.services, interceptors: [service.metering]
        ) { _ in
            try await withGRPCClient(transport: transport.client) { try await body($0) }
        }
    }
}

extension GRPCClient {
    /// Calls a method of the inference service with one message.
    func call<Answer: Message>(
        _ method: String, _ question: some Message, metadata: Metadata = [:],
        service: String = "inference.GRPCInferenceService"
    ) async throws -> Answer {
        try await unary(
            request: ClientRequest(message: question, metadata: metadata),
            descriptor: MethodDescriptor(fullyQualifiedService: service, method: method),
            serializer: ProtobufSerializer(), deserializer: ProtobufDeserializer<Answer>(), options: .defaults
        ) { try $0.message }
    }

    /// Has a model answer.
    func infer(
        _ request: Inference_ModelInferRequest, metadata: Metadata = [:]
    ) async throws -> Inference_ModelInferResponse {
        try await call("ModelInfer", request, metadata: metadata)
    }

    /// What one stream of requests brings.
    func stream(
        _ requests: [Inference_ModelInferRequest], metadata: Metadata = [:]
    ) async throws -> [Inference_ModelStreamInferResponse] {
        try await bidirectionalStreaming(
            request: StreamingClientRequest(metadata: metadata) { try await $0.write(contentsOf: requests) },
            descriptor: MethodDescriptor(
                fullyQualifiedService: "inference.GRPCInferenceService", method: "ModelStreamInfer"),
            serializer: ProtobufSerializer(),
            deserializer: ProtobufDeserializer<Inference_ModelStreamInferResponse>(), options: .defaults
        ) { response in
            var answers: [Inference_ModelStreamInferResponse] = []
            for try await message in response.messages { answers.append(message) }
            return answers
        }
    }

    /// The code and the message with which a request is refused; nil if it is answered.
    func refusal(
        _ request: Inference_ModelInferRequest, metadata: Metadata = [:]
    ) async -> (code: RPCError.Code, message: String)? {
        do {
            _ = try await infer(request, metadata: metadata)
            return nil
        } catch {
            guard let error = error as? RPCError else { return nil }
            return (error.code, error.message)
        }
    }
}
