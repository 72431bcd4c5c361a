import Access
import HummingbirdCore
import Logging
import NIOCore
import NIOSSL

/// The framework's channel for HTTP/1.1 with ``InlineAnswers`` at its front, before the parser and behind TLS.
struct ServingChannel: ServerChildChannel {
    typealias Value = HTTP1Channel.Value

    private let base: HTTP1Channel
    private let responder: ServingResponder

    init(_ responder: ServingResponder, _ respond: @escaping HTTPChannelHandler.Responder) {
        self.responder = responder
        base = HTTP1Channel(responder: respond)
    }

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        base.setup(channel: channel, logger: logger).flatMapThrowing { value in
            let pipeline = channel.pipeline.syncOperations
            let front = InlineAnswers(responder)
            let state = try pipeline.handler(type: HTTPConnectionStateHandler.self)
            try pipeline.addHandler(AnswerObserver(front: front), position: .before(state))
            try pipeline.addHandler(front, position: .first)
            if let identity = responder.identity {
                try pipeline.addHandler(HandshakeObserver(identity), position: .first)
                try pipeline.addHandler(NIOSSLServerHandler(context: identity.contents.context), position: .first)
            }
            return value
        }
    }

    func handle(value: Value, logger: Logger) async { await base.handle(value: value, logger: logger) }
}
