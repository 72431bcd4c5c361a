import Access
import GRPCCore
import GRPCProtobuf
import Logging
import Serving
import SwiftProtobuf
import Telemetry

/// How long messages may be, in bytes.
struct MessageLimits: Sendable {
    /// The longest that is read.
    let receive: Int
    /// The longest that is sent.
    let send: Int

    /// The longest that the transport reads.
    ///
    /// It ends the stream of one that is longer without a status. So it reads twice as much, for the status of messages
    /// that are a little too long.
    var transport: Int { receive > Int.max / 2 ? .max : 2 * receive }
}

/// What the methods of a service have in common.
struct RPCFamily: Sendable {
    /// The service's full name.
    let service: String
    /// How long messages may be.
    let limits: MessageLimits
    /// Who may call; nil lets everybody.
    let gate: AccessGate?
    /// What is told of each call.
    let observer: RequestObserver?
    /// Where refusals are told.
    let logger: Logger

    /// Lets a call through.
    ///
    /// - Returns: whose key it has; nil where none is needed.
    func check(_ need: AccessNeed, _ metadata: Metadata) throws(ServingError) -> String? {
        try gate?.check(need) { name in metadata[stringValues: name].first { _ in true } }
    }

    /// A line for an attempt to change what is served.
    private func audit(_ method: String, _ client: String?, _ status: String) {
        logger.notice(
            "administration",
            metadata: ["rpc": "\(method)", "client": "\(client ?? "unknown")", "status": "\(status)"])
    }

    /// The answer to a message whose caller may have it; attempts to change what is served are told.
    fileprivate func answer<Question, Answer>(
        _ method: String, _ need: AccessNeed, _ request: ServerRequest<Question>,
        _ answer: (Question, Metadata, inout CallTrail) async throws(ServingError) -> Answer
    ) async throws -> Answer {
        var trail = CallTrail(method: "\(service)/\(method)")
        trail.need = need
        var refusal: RPCError?
        defer {
            if need == .admin { audit(trail.method, trail.client, refusal.map { "\($0.code)" } ?? "ok") }
            OpenCall.current?.note { call in
                (call.need, call.client, call.answered) = (need, trail.client, trail.answered)
            }
        }
        do throws(ServingError) {
            trail.client = try check(need, request.metadata)
            return try await answer(request.message, request.metadata, &trail)
        } catch {
            let reason = refuse(error, method: method)
            refusal = reason
            throw reason
        }
    }

    /// Tells those who watch of a message of a stream that has been answered.
    func tell(_ trail: CallTrail, _ metadata: Metadata, _ refusal: RPCError?) {
        guard let observer else { return }
        OpenCall.current?.note { $0.isTold = true }
        trail.tell(observer, metadata, status: refusal?.code.rawValue ?? 0)
    }

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
    ///
    /// - Parameter need: what a message needs to be answered.
    mutating func register<Question: Message, Answer: Message>(
        _ method: String, of family: RPCFamily, needing need: @escaping @Sendable (Question) -> AccessNeed,
        _ answer: @escaping @Sendable (Question, Metadata, inout CallTrail) async throws(ServingError) -> Answer
    ) {
        registerStream(method, of: family) { (request: StreamingServerRequest<Question>, _) in
            let request = try await ServerRequest(stream: request)
            let answer = try await family.answer(method, need(request.message), request, answer)
            return StreamingServerResponse(single: ServerResponse(message: answer))
        }
    }

    /// Adds a method that answers messages with messages.
    mutating func registerStream<Question: Message, Answer: Message>(
        _ method: String, of family: RPCFamily,
        _ answer:
            @escaping @Sendable (StreamingServerRequest<Question>, ServerContext) async throws
            -> StreamingServerResponse<Answer>
    ) {
        registerHandler(
            forMethod: MethodDescriptor(fullyQualifiedService: family.service, method: method),
            deserializer: BoundedDeserializer<Question>(maximumBytes: family.limits.receive),
            serializer: BoundedSerializer<Answer>(maximumBytes: family.limits.send)
        ) { request, context in
            try await answer(request, context)
        }
    }
}

/// Reads messages that are not too long.
private struct BoundedDeserializer<Question: Message>: MessageDeserializer {
    let maximumBytes: Int

    func deserialize<Bytes: GRPCContiguousBytes>(_ bytes: Bytes) throws -> Question {
        guard bytes.count <= maximumBytes else {
            throw RPCError(
                code: .resourceExhausted,
                message: "Received message larger than max (\(bytes.count) vs. \(maximumBytes))")
        }
        OpenCall.current?.note { $0.requestByteCount += bytes.count }
        return try ProtobufDeserializer<Question>().deserialize(bytes)
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
        OpenCall.current?.note { $0.answerByteCount += bytes.count }
        return bytes
    }
}
