import Access
import NIOCore
import NIOSSL

/// Counts connections that end before they are secure.
final class HandshakeObserver: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer

    private let identity: TLSIdentity

    init(_ identity: TLSIdentity) { self.identity = identity }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if case .handshakeFailed? = error as? NIOSSLError { identity.noteFailedHandshake() }
        context.fireErrorCaught(error)
    }
}

@available(*, unavailable)
extension HandshakeObserver: Sendable {}
