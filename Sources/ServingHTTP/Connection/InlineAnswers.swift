import NIOCore
import Serving

/// Answers small requests on the event loop that read them, from the bytes of the socket to the bytes of the answer;
/// everything else goes on to the framework's handlers behind. It also closes connections whose clients keep the server
/// waiting.
final class InlineAnswers: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private var lane: RequestLane
    private var timeouts: ConnectionTimeouts
    private let responder: ServingResponder
    /// The prediction that was passed on and has no answer yet.
    private var visit: Admission.Visit?
    private var nextLook: Scheduled<Void>?
    /// Whether answers wait to be flushed.
    private var isDirty = false
    /// Whether anything was answered here.
    private var hasAnswered = false
    /// Whether a read was put off until the client takes its answers.
    private var isReadPending = false
    /// An event that is held back until the request being gathered is answered.
    private var heldQuiesceEvent: ChannelShouldQuiesceEvent?

    init(_ responder: ServingResponder) {
        self.responder = responder
        let settings = responder.settings
        lane = RequestLane(
            maximumBodyBytes: min(settings.maximumInlineBodyBytes, settings.maximumBodyBytes),
            gathers: settings.batching == nil ? nil : { responder.gathers($0) })
        timeouts = ConnectionTimeouts(
            idle: TimeAmount(settings.idleTimeout), request: TimeAmount(settings.requestTimeout), now: .now())
    }

    // MARK: - Requests

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        lane.add(unwrapInboundIn(data))
        while let action = lane.next() {
            switch action {
            case .answer(let request): answer(request, context)
            case .passOn(let bytes, let begins, let ends):
                if begins { timeouts.readHead(now: .now()) }
                if ends { timeouts.readEnd(now: .now()) }
                context.fireChannelRead(wrapInboundOut(bytes))
            case .consider(let request, let bytes, let ends): consider(request, bytes, ends, context)
            case .surrender(let bytes): context.fireChannelRead(wrapInboundOut(bytes))
            }
            // What was gathered is answered, or those behind know of it now.
            if let event = heldQuiesceEvent.take() { end(context, with: event) }
        }
        if lane.isReading { timeouts.waitForRest(now: .now()) }
    }

    private func answer(_ request: PlainRequest, _ context: ChannelHandlerContext) {
        write(responder.respond(to: request), context)
    }

    /// Passes a prediction on, unless as many wait for its model as may.
    private func consider(
        _ request: PlainRequest, _ bytes: ByteBuffer, _ ends: Bool, _ context: ChannelHandlerContext
    ) {
        do throws(ServingError) {
            visit = try responder.arrivals.enter(model: request.target.askedModel)
        } catch {
            lane.discard()
            return write(responder.refuse(request, error), context)
        }
        timeouts.readHead(now: .now())
        if ends { timeouts.readEnd(now: .now()) }
        context.fireChannelRead(wrapInboundOut(bytes))
    }

    private func write(_ answer: ByteBuffer, _ context: ChannelHandlerContext) {
        context.write(wrapOutboundOut(answer), promise: nil)
        timeouts.answeredAtOnce(now: .now())
        isDirty = true
        hasAnswered = true
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

    // MARK: - What happens behind

    /// A part of a request came out of the framework's parser.
    func parsed(isHead: Bool) {
        guard lane.isSurrendered else { return }
        if isHead { timeouts.readHead(now: .now()) } else { timeouts.readEnd(now: .now()) }
    }

    /// The last part of an answer came from behind.
    func answeredBehind() {
        visit.take()?.leave()
        lane.answeredPassedOn()
        timeouts.answered(now: .now())
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
        noteUnsent(context)
        if context.channel.isWritable, isReadPending {
            isReadPending = false
            context.read()
        }
        context.fireChannelWritabilityChanged()
    }

    // MARK: - Clients that keep the server waiting

    func handlerAdded(context: ChannelHandlerContext) { look(context) }

    func handlerRemoved(context: ChannelHandlerContext) {
        nextLook?.cancel()
        visit.take()?.leave()
    }

    private func noteUnsent(_ context: ChannelHandlerContext) {
        let unsent = try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)
        timeouts.unsent(context.channel.isWritable ? nil : unsent ?? 0, now: .now())
    }

    private func look(_ context: ChannelHandlerContext) {
        noteUnsent(context)
        switch timeouts.verdict(now: .now()) {
        case .idle, .slow, .stalled: context.close(promise: nil)
        case .lookAgain(let time):
            nextLook = context.eventLoop.assumeIsolated().scheduleTask(deadline: time) { self.look(context) }
        }
    }

    // MARK: - The end of a connection

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        // The handlers behind know nothing of a request that is being gathered, and would close the connection.
        case let event as ChannelShouldQuiesceEvent where lane.isGathering: heldQuiesceEvent = event
        case is ChannelShouldQuiesceEvent, ChannelEvent.inputClosed: end(context, with: event)
        default: context.fireUserInboundEventTriggered(event)
        }
    }

    /// Passes on an event at which those behind close the connection, once all answers are out: they do not know of
    /// those written here, and closing would drop what the client has not taken yet.
    private func end(_ context: ChannelHandlerContext, with event: Any) {
        // Nothing gets out of a connection whose handshake is not done: it must not hold up the end of the server.
        guard hasAnswered else { return context.fireUserInboundEventTriggered(event) }
        isDirty = false
        let isOut = context.eventLoop.makePromise(of: Void.self)
        isOut.futureResult.assumeIsolated().whenComplete { _ in context.fireUserInboundEventTriggered(event) }
        context.writeAndFlush(wrapOutboundOut(ByteBuffer()), promise: isOut)
    }
}

@available(*, unavailable)
extension InlineAnswers: Sendable {}
