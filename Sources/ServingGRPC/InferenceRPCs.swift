import Access
import GRPCCore
import Logging
import NIOPosix
import Serving
import SwiftProtobuf

/// The Open Inference Protocol over gRPC.
struct InferenceRPCs: RegistrableRPCService {
    /// The service's full name.
    static let name = "inference.GRPCInferenceService"

    let v2: V2Service
    let catalog: ModelCatalog
    /// What its methods have in common.
    let family: RPCFamily

    func registerMethods<Transport: ServerTransport>(with router: inout RPCRouter<Transport>) {
        router.register("ServerLive", of: family, needing: { _ in .nothing }) { request, _, _ in serverLive(request) }
        router.register("ServerReady", of: family, needing: { _ in .nothing }) { request, _, _ in serverReady(request) }
        router.register("ModelReady", of: family, needing: { _ in .nothing }) { request, _, _ throws(ServingError) in
            try modelReady(request)
        }
        router.register("ServerMetadata", of: family, needing: { _ in .read }) { request, _, _ in
            serverMetadata(request)
        }
        router.register("ModelMetadata", of: family, needing: { _ in .read }) { request, _, _ throws(ServingError) in
            try modelMetadata(request)
        }
        router.register("ModelInfer", of: family, needing: { .predict(model: $0.modelName) }) {
            request, metadata, trail throws(ServingError) in
            try await infer(request, metadata, &trail)
        }
        router.registerStream("ModelStreamInfer", of: family) { request, _ in inferStream(request) }
        router.register("RepositoryIndex", of: family, needing: { _ in .read }) { request, _, _ in
            repositoryIndex(request)
        }
        router.register("RepositoryModelLoad", of: family, needing: { _ in .admin }) {
            request, _, _ throws(ServingError) in
            try await load(request)
        }
        router.register("RepositoryModelUnload", of: family, needing: { _ in .admin }) {
            request, _, _ throws(ServingError) in
            try await unload(request)
        }
    }
}

// MARK: - Health and metadata

extension InferenceRPCs {
    private func serverLive(_: Inference_ServerLiveRequest) -> Inference_ServerLiveResponse {
        .with { $0.live = true }
    }

    private func serverReady(_: Inference_ServerReadyRequest) -> Inference_ServerReadyResponse {
        .with { $0.ready = v2.registry.obstacles.isEmpty }
    }

    private func modelReady(
        _ request: Inference_ModelReadyRequest
    ) throws(ServingError) -> Inference_ModelReadyResponse {
        var isReady = true
        do throws(ServingError) { try v2.checkReady(request.name, version: request.version.nonEmpty) } catch {
            guard error.code == .modelNotReady else { throw error }
            isReady = false
        }
        return .with { $0.ready = isReady }
    }

    private func serverMetadata(_: Inference_ServerMetadataRequest) -> Inference_ServerMetadataResponse {
        .with {
            $0.name = ServerMetadata.name
            $0.version = ApusVersion.current
            $0.extensions = ServerMetadata.extensions
        }
    }

    private func modelMetadata(
        _ request: Inference_ModelMetadataRequest
    ) throws(ServingError) -> Inference_ModelMetadataResponse {
        Inference_ModelMetadataResponse(try v2.metadata(request.name, version: request.version.nonEmpty))
    }
}

// MARK: - Inference

extension InferenceRPCs {
    private typealias Answered = V2Service.Inference<Inference_ModelInferResponse>

    /// Answers a request, which waits for others if the model's are gathered, as long as its client does not go away.
    private func infer(
        _ request: Inference_ModelInferRequest, _ metadata: Metadata, _ trail: inout CallTrail
    ) async throws(ServingError) -> Inference_ModelInferResponse {
        let inference = try await answer(request, metadata)
        trail.answered = inference.answered
        return inference.body
    }

    private func answer(_ request: Inference_ModelInferRequest, _ metadata: Metadata) async throws(ServingError)
        -> Answered
    {
        guard v2.gathers(request.modelName) else { return try await evaluate(request, metadata) }
        // gRPC tells of clients that go away by a handler of its own, and cancels no task.
        let task = Task { () async -> Result<Answered, ServingError> in
            do throws(ServingError) { return .success(try await evaluate(request, metadata)) } catch {
                return .failure(error)
            }
        }
        return try await withRPCCancellationHandler { () async throws(ServingError) in
            try await task.value.get()
        } onCancelRPC: {
            task.cancel()
        }
    }

    /// Answers a request; the metadata of the call are what traffic is split by.
    private func evaluate(
        _ request: Inference_ModelInferRequest, _ metadata: Metadata
    ) async throws(ServingError) -> Answered {
        try await v2.inferTogether(request.modelName, version: request.modelVersion.nonEmpty) { name in
            metadata[stringValues: name].first { _ in true }
        } decode: { _ throws(ServingError) in
            try InferRequest(request)
        } encode: { response in
            Inference_ModelInferResponse(response)
        }
    }

    /// Answers requests one after the other; one that is refused does not end the stream.
    private func inferStream(
        _ request: StreamingServerRequest<Inference_ModelInferRequest>
    ) -> StreamingServerResponse<Inference_ModelStreamInferResponse> {
        StreamingServerResponse { writer in
            for try await message in request.messages {
                var answer = Inference_ModelStreamInferResponse()
                let need = AccessNeed.predict(model: message.modelName)
                var trail = CallTrail(method: "\(Self.name)/ModelStreamInfer")
                trail.need = need
                var refusal: RPCError?
                do throws(ServingError) {
                    trail.client = try family.check(need, request.metadata)
                    answer.inferResponse = try await infer(message, request.metadata, &trail)
                } catch {
                    let reason = family.refuse(error, method: "ModelStreamInfer")
                    answer.errorMessage = reason.message
                    answer.inferResponse.id = message.id
                    refusal = reason
                }
                family.tell(trail, request.metadata, refusal)
                try await writer.write(answer)
            }
            return [:]
        }
    }
}

// MARK: - Repository

extension InferenceRPCs {
    private func repositoryIndex(_ request: Inference_RepositoryIndexRequest) -> Inference_RepositoryIndexResponse {
        let index = RepositoryIndex(v2.registry.models, readyOnly: request.ready)
        return .with {
            $0.models = index.entries.map { entry in
                .with {
                    $0.name = entry.name
                    $0.version = entry.version ?? ""
                    $0.state = entry.state
                    $0.reason = entry.reason ?? ""
                }
            }
        }
    }

    private func load(
        _ request: Inference_RepositoryModelLoadRequest
    ) async throws(ServingError) -> Inference_RepositoryModelLoadResponse {
        let name = request.secondName.nonEmpty ?? request.firstName
        try await offPool { catalog throws(ServingError) in _ = try catalog.load(name) }
        family.logger.info("model loaded", metadata: ["model": "\(name)"])
        return .with {
            $0.modelName = name
            $0.isLoaded = true
        }
    }

    private func unload(
        _ request: Inference_RepositoryModelUnloadRequest
    ) async throws(ServingError) -> Inference_RepositoryModelUnloadResponse {
        let name = request.secondName.nonEmpty ?? request.firstName
        try await offPool { catalog throws(ServingError) in try catalog.unload(name) }
        family.logger.info("model unloaded", metadata: ["model": "\(name)"])
        return .with {
            $0.modelName = name
            $0.isUnloaded = true
        }
    }

    /// Does what takes long on a thread that answers no calls.
    private func offPool(
        _ work: @escaping @Sendable (ModelCatalog) throws(ServingError) -> Void
    ) async throws(ServingError) {
        let catalog = catalog
        let result = try? await NIOThreadPool.singleton.runIfActive {
            Result { () throws(ServingError) in try work(catalog) }
        }
        guard let result else { throw ServingError(.internalError, "the server is shutting down") }
        try result.get()
    }
}

extension String {
    /// The text, or nil if there is none: messages do not tell an empty field from a missing one.
    fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}
