import GRPCCore
import Serving
import Telemetry

/// Counts calls by their method and status, and tells of them.
struct CallMetering: ServerInterceptor {
    let meter: ServerMeter
    /// What is told of each call.
    let observer: RequestObserver?

    func intercept<Input: Sendable, Output: Sendable>(
        request: StreamingServerRequest<Input>, context: ServerContext,
        next:
            @Sendable @concurrent (StreamingServerRequest<Input>, ServerContext) async throws
            -> StreamingServerResponse<Output>
    ) async throws -> StreamingServerResponse<Output> {
        let call = OpenCall(context.descriptor, request.metadata, meter, observer)
        do {
            var response = try await OpenCall.$current.withValue(call) { try await next(request, context) }
            switch response.accepted {
            case .success(var contents):
                let producer = contents.producer
                contents.producer = { @concurrent writer in
                    do {
                        let metadata = try await OpenCall.$current.withValue(call) { try await producer(writer) }
                        call.end(0)
                        return metadata
                    } catch {
                        call.end(Self.number(of: error))
                        throw error
                    }
                }
                response.accepted = .success(contents)
            case .failure(let error): call.end(error.code.rawValue)
            }
            return response
        } catch {
            call.end(Self.number(of: error))
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
}
