import NIOCore
import NIOHTTPTypes

/// How long the client of one connection may keep the server waiting.
///
/// Time is told by the caller, so that tests need none.
struct ConnectionTimeouts {
    /// What a look at the clock finds.
    enum Verdict: Equatable {
        /// Nothing to complain of; look again then.
        case lookAgain(at: NIODeadline)
        /// The connection is without a request for too long.
        case idle
        /// A request has been coming in for too long.
        case slow
    }

    private enum State {
        /// No request; since then.
        case idle(since: NIODeadline)
        /// A request whose end has not been read; since its head was.
        case reading(since: NIODeadline)
        /// Requests were read whole, and not all are answered.
        case answering
    }

    private let idle: TimeAmount
    private let request: TimeAmount
    private var state: State
    private var unansweredCount = 0

    /// - Parameters:
    ///   - idle: how long a connection may be without a request.
    ///   - request: how long a request may take from its head to its end.
    init(idle: TimeAmount, request: TimeAmount, now: NIODeadline) {
        self.idle = idle
        self.request = request
        state = .idle(since: now)
    }

    /// The head of a request was read.
    mutating func readHead(now: NIODeadline) {
        unansweredCount += 1
        state = .reading(since: now)
    }

    /// The end of a request was read.
    mutating func readEnd(now: NIODeadline) { settle(now) }

    /// The end of an answer was written.
    mutating func answered(now: NIODeadline) {
        unansweredCount -= 1
        // An answer may come before the end of its request.
        if case .reading = state { return }
        settle(now)
    }

    private mutating func settle(_ now: NIODeadline) { state = unansweredCount > 0 ? .answering : .idle(since: now) }

    /// Looks at the clock.
    func verdict(now: NIODeadline) -> Verdict {
        switch state {
        case .idle(let since): now >= since + idle ? .idle : .lookAgain(at: since + idle)
        case .reading(let since): now >= since + request ? .slow : .lookAgain(at: since + request)
        case .answering: .lookAgain(at: now + min(idle, request))
        }
    }
}

/// Closes connections whose clients keep the server waiting.
final class ConnectionTimeoutHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private var timeouts: ConnectionTimeouts
    private var nextLook: Scheduled<Void>?

    init(idle: TimeAmount, request: TimeAmount) {
        timeouts = ConnectionTimeouts(idle: idle, request: request, now: .now())
    }

    func handlerAdded(context: ChannelHandlerContext) { look(context) }

    func handlerRemoved(context: ChannelHandlerContext) { nextLook?.cancel() }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head: timeouts.readHead(now: .now())
        case .end: timeouts.readEnd(now: .now())
        case .body: break
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) { timeouts.answered(now: .now()) }
        context.write(data, promise: promise)
    }

    private func look(_ context: ChannelHandlerContext) {
        switch timeouts.verdict(now: .now()) {
        case .idle, .slow: context.close(promise: nil)
        case .lookAgain(let time):
            nextLook = context.eventLoop.assumeIsolated().scheduleTask(deadline: time) { self.look(context) }
        }
    }
}

@available(*, unavailable)
extension ConnectionTimeoutHandler: Sendable {}
