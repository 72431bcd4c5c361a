import GRPCCore
import Serving

/// Counts calls by their method and status.
struct CallMetering: ServerInterceptor {
    /// The statuses as gRPC names them, by their numbers (gRPC, "Status codes and their use in gRPC").
    private static let statuses = [
        "OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS",
        "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED",
        "INTERNAL", "UNAVAILABLE", "DATA_LOSS", "UNAUTHENTICATED",
    ]

    let meter: ServerMeter

    func intercept<Input: Sendable, Output: Sendable>(
        request: StreamingServerRequest<Input>, context: ServerContext,
        next:
            @Sendable @concurrent (StreamingServerRequest<Input>, ServerContext) async throws
            -> StreamingServerResponse<Output>
    ) async throws -> StreamingServerResponse<Output> {
        meter.begin()
        let method = context.descriptor
        do {
            var response = try await next(request, context)
            switch response.accepted {
            case .success(var contents):
                let producer = contents.producer
                contents.producer = { @concurrent writer in
                    do {
                        let metadata = try await producer(writer)
                        end(method, 0)
                        return metadata
                    } catch {
                        end(method, Self.number(of: error))
                        throw error
                    }
                }
                response.accepted = .success(contents)
            case .failure(let error): end(method, error.code.rawValue)
            }
            return response
        } catch {
            end(method, Self.number(of: error))
            throw error
        }
    }

    /// The number of the status with which an error ends a call.
    private static func number(of error: any Error) -> Int {
        switch error {
        case let error as RPCError: error.code.rawValue
        case is CancellationError: RPCError.Code.cancelled.rawValue
        default: RPCError.Code.unknown.rawValue
        }
    }

    private func end(_ method: MethodDescriptor, _ number: Int) {
        let status = Self.statuses.indices.contains(number) ? Self.statuses[number] : "UNKNOWN"
        meter.end(
            ServerMeter.Call(service: method.service.fullyQualifiedService, method: method.method, status: status))
    }
}
