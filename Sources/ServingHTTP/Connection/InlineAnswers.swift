import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Answers small requests on the event loop that read them, without a task, a thread or a buffer between; everything
/// else goes on to the handlers behind.
final class InlineAnswers: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private var requests: InlineRequests
    private let responder: ServingResponder
    /// Whether answers wait to be flushed.
    private var isDirty = false
    /// Whether a read was put off until the client takes its answers.
    private var isReadPending = false
    /// An event that is held back until the request being gathered is answered.
    private var heldQuiesceEvent: ChannelShouldQuiesceEvent?

    init(_ responder: ServingResponder) {
        self.responder = responder
        let settings = responder.settings
        requests = InlineRequests(maximumBodyBytes: min(settings.maximumInlineBodyBytes, settings.maximumBodyBytes))
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch requests.read(unwrapInboundIn(data)) {
        case .wait: break
        case .passOn: context.fireChannelRead(data)
        case .answer(let target, let request, let body):
            let (head, content) = responder.respond(to: request, target, body: body)
            answer(head, content, context)
        }
    }

    private func answer(_ head: HTTPResponse, _ content: ByteBuffer, _ context: ChannelHandlerContext) {
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(content)), promise: nil)
        context.write(wrapOutboundOut(.end(nil)), promise: nil)
        isDirty = true
        if let event = heldQuiesceEvent.take() {
            flush(context)
            context.fireUserInboundEventTriggered(event)
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        flush(context)
        context.fireChannelReadComplete()
    }

    private func flush(_ context: ChannelHandlerContext) {
        guard isDirty else { return }
        isDirty = false
        context.flush()
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) { requests.answeredPassedOn() }
        context.write(data, promise: promise)
    }

    // MARK: - Clients that ask and do not read

    func read(context: ChannelHandlerContext) {
        guard context.channel.isWritable else {
            isReadPending = true
            return
        }
        context.read()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable, isReadPending {
            isReadPending = false
            context.read()
        }
        context.fireChannelWritabilityChanged()
    }

    // MARK: - The end of the server

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        // What ends the connection behind must not come before the answers that it does not know of.
        flush(context)
        // The handlers behind know nothing of a request that is being gathered, and would close the connection.
        if let event = event as? ChannelShouldQuiesceEvent, requests.isGathering {
            heldQuiesceEvent = event
        } else {
            context.fireUserInboundEventTriggered(event)
        }
    }
}

@available(*, unavailable)
extension InlineAnswers: Sendable {}
