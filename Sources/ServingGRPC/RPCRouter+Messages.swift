import GRPCCore
import GRPCProtobuf
import Logging
import Serving
import SwiftProtobuf

/// What the methods of a service have in common.
struct RPCFamily: Sendable {
    /// The service's full name.
    let service: String
    /// The longest message that is sent, in bytes.
    let maximumSendBytes: Int
    /// Where refusals are told.
    let logger: Logger

    /// The status for a failure, which is logged.
    func refuse(_ error: ServingError, method: String) -> RPCError {
        let refusal = RPCError(error)
        logger.log(
            level: refusal.code == .internalError ? .error : .info, "\(refusal.message)",
            metadata: ["rpc": "\(service)/\(method)", "status": "\(refusal.code)"])
        return refusal
    }
}

extension RPCRouter {
    /// Adds a method that answers one message with one.
    mutating func register<Question: Message, Answer: Message>(
        _ method: String, of family: RPCFamily,
        _ answer: @escaping @Sendable (Question, Metadata) async throws(ServingError) -> Answer
    ) {
        registerStream(method, of: family) { (request: StreamingServerRequest<Question>) in
            let request = try await ServerRequest(stream: request)
            do throws(ServingError) {
                let answer = try await answer(request.message, request.metadata)
                return StreamingServerResponse(single: ServerResponse(message: answer))
            } catch {
                throw family.refuse(error, method: method)
            }
        }
    }

    /// Adds a method that answers messages with messages.
    mutating func registerStream<Question: Message, Answer: Message>(
        _ method: String, of family: RPCFamily,
        _ answer: @escaping @Sendable (StreamingServerRequest<Question>) async throws
            -> StreamingServerResponse<Answer>
    ) {
        registerHandler(
            forMethod: MethodDescriptor(fullyQualifiedService: family.service, method: method),
            deserializer: ProtobufDeserializer<Question>(),
            serializer: BoundedSerializer<Answer>(maximumBytes: family.maximumSendBytes)
        ) { request, _ in
            try await answer(request)
        }
    }
}

/// Writes messages that are not too long to be sent.
private struct BoundedSerializer<Answer: Message>: MessageSerializer {
    let maximumBytes: Int

    func serialize<Bytes: GRPCContiguousBytes>(_ message: Answer) throws -> Bytes {
        let bytes: Bytes = try ProtobufSerializer<Answer>().serialize(message)
        guard bytes.count <= maximumBytes else {
            throw RPCError(
                code: .resourceExhausted,
                message: "Sent message larger than max (\(bytes.count) vs. \(maximumBytes))")
        }
        return bytes
    }
}
