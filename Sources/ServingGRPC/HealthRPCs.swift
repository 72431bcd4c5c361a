import GRPCCore
import Serving
import ServiceLifecycle
import SwiftProtobuf

/// gRPC's health checking protocol: the server serves if every model answers.
struct HealthRPCs: RegistrableRPCService {
    /// The service's full name.
    static let name = "grpc.health.v1.Health"
    /// What is asked about: the whole server, or the one service that has a health.
    private static let known: Set<String> = ["", InferenceRPCs.name]
    /// The time between two looks for who watches.
    private static let interval = Duration.milliseconds(250)

    let registry: ModelRegistry
    /// What its methods have in common.
    let family: RPCFamily

    func registerMethods<Transport: ServerTransport>(with router: inout RPCRouter<Transport>) {
        router.registerStream("Check", of: family) { request, _ in
            try check(try await ServerRequest(stream: request).message)
        }
        router.registerStream("Watch", of: family) {
            (request: StreamingServerRequest<Grpc_Health_V1_HealthCheckRequest>, context) in
            let service = try await ServerRequest(stream: request).message.service
            return StreamingServerResponse { writer in
                try await watch(service, writer, context.cancellation)
                return [:]
            }
        }
    }

    private func check(
        _ request: Grpc_Health_V1_HealthCheckRequest
    ) throws -> StreamingServerResponse<Grpc_Health_V1_HealthCheckResponse> {
        guard Self.known.contains(request.service) else {
            throw RPCError(code: .notFound, message: "unknown service \(request.service.prefix(80))")
        }
        return StreamingServerResponse(single: ServerResponse(message: .with { $0.status = status }))
    }

    private var status: Grpc_Health_V1_HealthCheckResponse.ServingStatus {
        registry.obstacles.isEmpty ? .serving : .notServing
    }

    /// Tells the status now and whenever it changes, until the caller goes or the server stops.
    private func watch(
        _ service: String, _ writer: RPCWriter<Grpc_Health_V1_HealthCheckResponse>,
        _ call: ServerContext.RPCCancellationHandle
    ) async throws {
        var told: Grpc_Health_V1_HealthCheckResponse.ServingStatus?
        // A caller who goes does not cancel the task.
        while !call.isCancelled, !Task.isCancelled, !Task.isShuttingDownGracefully {
            let now = Self.known.contains(service) ? status : .serviceUnknown
            if now != told {
                try await writer.write(.with { $0.status = now })
                told = now
            }
            try await Task.sleep(for: Self.interval)
        }
    }
}
