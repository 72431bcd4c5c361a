import NIOCore
import NIOHTTPTypes

/// Tells the handler at the front what passes through the framework's handlers: it sees bytes there.
final class AnswerObserver: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let front: InlineAnswers

    init(front: InlineAnswers) { self.front = front }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head: front.parsed(isHead: true)
        case .end: front.parsed(isHead: false)
        case .body: break
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) { front.answeredBehind() }
        context.write(data, promise: promise)
    }
}

@available(*, unavailable)
extension AnswerObserver: Sendable {}
