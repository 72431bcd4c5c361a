import AsyncHTTPClient
import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

extension OutboundError {
    /// What a library below complained about, said of a request.
    init(_ error: any Error, _ request: OutboundRequest, _ settings: OutboundSettings) {
        switch error {
        case let error as OutboundError: self = error
        case is CancellationError: self.init(.cancelled, "\(request): cancelled")
        case let error as HTTPClientError: self.init(client: error, request, settings)
        case let error as NIOConnectionError: self.init(connection: error, request)
        case let error as IOError: self.init(io: error, request)
        case is ChannelError, is NIOSSLError, is BoringSSLError, is NIOSSLExtraError, is NIOSSLCloseTimedOutError:
            self.init(channel: error, request)
        case HTTPParserError.invalidEOFState: self = .interrupted(request)
        case is HTTPParserError: self.init(.failed, "\(request): the answer is not HTTP")
        default: self.init(.failed, "\(request): \(type(of: error))")
        }
    }

    private init(client error: HTTPClientError, _ request: OutboundRequest, _ settings: OutboundSettings) {
        switch error {
        case .cancelled: self.init(.cancelled, "\(request): cancelled")
        case .connectTimeout, .tlsHandshakeTimeout, .httpProxyHandshakeTimeout, .getConnectionFromPoolTimeout:
            self.init(.unreachable, "\(request): no connection within \(settings.connectTimeout)")
        case .readTimeout:
            self.init(.timedOut, "\(request): the server was silent for \(settings.readTimeout)")
        case .writeTimeout:
            self.init(.timedOut, "\(request): the server took nothing for \(settings.readTimeout)")
        case .deadlineExceeded: self = .late(request, settings)
        case .remoteConnectionClosed, .uncleanShutdown:
            self = .interrupted(request)
        case .redirectLimitReached:
            self.init(.badRedirect, "\(request): more than \(settings.maximumRedirects) redirections")
        case .redirectCycleDetected: self.init(.badRedirect, "\(request): the redirections lead back")
        case .invalidProxyResponse, .proxyAuthenticationRequired:
            self.init(.failed, "\(request): the proxy answered \(error.shortDescription)")
        // The long description has the headers in it.
        default: self.init(.failed, "\(request): \(error.shortDescription)")
        }
    }

    /// An answer that took too long as a whole.
    static func late(_ request: OutboundRequest, _ settings: OutboundSettings) -> OutboundError {
        OutboundError(.timedOut, "\(request): no whole answer within \(settings.answerTimeout)")
    }

    private static func interrupted(_ request: OutboundRequest) -> OutboundError {
        OutboundError(.interrupted, "\(request): the connection ended before the answer did")
    }

    private init(io error: IOError, _ request: OutboundRequest) {
        switch error.errnoCode {
        case ECONNRESET, EPIPE: self = .interrupted(request)
        case ECONNREFUSED, EHOSTUNREACH, ENETUNREACH, EADDRNOTAVAIL:
            self.init(.unreachable, "\(request): cannot connect to \(request.server): \(Self.reason(error))")
        default: self.init(.interrupted, "\(request): \(Self.reason(error))")
        }
    }

    private init(connection error: NIOConnectionError, _ request: OutboundRequest) {
        guard let failure = error.connectionErrors.first?.error else {
            self.init(.unreachable, "\(request): there is no host \(error.host)")
            return
        }
        let reason = (failure as? IOError).map(Self.reason) ?? "no connection in time"
        self.init(.unreachable, "\(request): cannot connect to \(error.host):\(error.port): \(reason)")
    }

    private init(channel error: any Error, _ request: OutboundRequest) {
        switch error {
        case NIOSSLError.handshakeFailed, is NIOSSLExtraError:
            self.init(
                .untrusted, "\(request): \(request.server) did not prove who it is: \(Self.handshake("\(error)"))")
        case ChannelError.connectTimeout: self.init(.unreachable, "\(request): no connection in time")
        default: self.init(.interrupted, "\(request): the connection ended: \(error)")
        }
    }

    /// What matters of a description such as `handshakeFailed(NIOSSL.BoringSSLError.sslError([Error: 268435581
    /// error:1000007d:SSL routines:OPENSSL_internal:CERTIFICATE_VERIFY_FAILED at ...]))`.
    private static func handshake(_ description: String) -> String {
        let words = description.split { !($0.isLetter || $0 == "_") }
        return words.first { $0.contains("_") && $0 == $0.uppercased() && $0.count > 5 }.map(String.init) ?? description
    }

    private static func reason(_ error: IOError) -> String {
        error.errnoCode == ECONNREFUSED ? "nothing listens there" : String(cString: strerror(error.errnoCode))
    }
}
