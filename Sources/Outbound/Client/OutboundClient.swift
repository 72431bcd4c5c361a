import FoundationEssentials
import AsyncHTTPClient
package import Logging
import NIOCore
import NIOHTTP1
import NIOSSL
import Synchronization

/// Makes requests to other servers, and makes them again where that may help. It keeps connections open, and closes
/// them when it is let go of.
///
/// ```swift
/// let client = try OutboundClient()
/// let answer = try await client.answer(to: OutboundRequest(.get, "https://prometheus:9090/-/ready"))
/// try answer.head.requireSuccess()
/// ```
///
/// An answer of any status is an answer: it is the caller who knows what a 404 means. Failed connections, silence, 5xx
/// (but 501) and 429 are tried again as ``RetryPolicy`` says, where ``OutboundRequest/isRepeatable`` allows it.
package final class OutboundClient: Sendable {
    /// How requests are made.
    package let settings: OutboundSettings
    private let logger: Logger?
    private let configuration: HTTPClient.Configuration
    /// A client for each proxy, and one for requests without; made when first needed.
    private let clients = Mutex<[ProxyRules.Proxy?: HTTPClient]>([:])

    /// A client.
    ///
    /// - Parameter logger: is told, at level debug, of requests that are made again.
    /// - Throws: ``OutboundError/Code/invalid`` if there are no certificates where the settings say.
    package init(_ settings: OutboundSettings = OutboundSettings(), logger: Logger? = nil) throws(OutboundError) {
        self.settings = settings
        self.logger = logger
        configuration = try HTTPClient.Configuration(settings)
    }

    deinit {
        let clients = clients.withLock { $0 }
        for client in clients.values { client.shutdown { _ in } }
    }

    /// The whole answer to a request.
    ///
    /// - Parameter limit: the longest body, in bytes; nil for ``OutboundSettings/maximumAnswerBytes``.
    /// - Throws: ``OutboundError`` of the last attempt.
    package func answer(
        to request: OutboundRequest, limit: Int? = nil
    ) async throws(OutboundError) -> OutboundAnswer {
        let limit = limit ?? settings.maximumAnswerBytes
        return try await repeated(request) { () async throws(OutboundError) -> OutboundAnswer in
            try await self.inTime(request) { () async throws(OutboundError) -> OutboundAnswer in
                var stream = try await self.stream(request)
                return OutboundAnswer(head: stream.head, body: try await stream.collect(upTo: limit))
            }
        }
    }

    /// The answer to a request, to be read part by part.
    ///
    /// The attempts end with the head of the answer: whoever reads the body goes on from where it broke off.
    /// - Throws: ``OutboundError`` of the last attempt.
    package func open(_ request: OutboundRequest) async throws(OutboundError) -> OutboundStream {
        try await repeated(request) { () async throws(OutboundError) -> OutboundStream in
            try await self.stream(request)
        }
    }

    // MARK: - Attempts

    private func repeated<Result: OutboundResult>(
        _ request: OutboundRequest, _ attempt: () async throws(OutboundError) -> Result
    ) async throws(OutboundError) -> Result {
        var attempts = 0
        while true {
            attempts += 1
            let reason: String
            let delay: Duration
            do throws(OutboundError) {
                let result = try await attempt()
                guard request.isRepeatable, settings.retries.isTransient(result.head.status),
                    let wait = settings.retries.delay(after: attempts, asked: result.head.retryAfter)
                else { return result }
                (reason, delay) = ("\(request): status \(result.head.status)", wait)
            } catch {
                guard error.isTransient, request.isRepeatable || error.isUnsent,
                    let wait = settings.retries.delay(after: attempts)
                else { throw error }
                (reason, delay) = (error.message, wait)
            }
            logger?.debug("trying again in \(delay): \(reason)")
            do { try await Task.sleep(for: delay) } catch { throw OutboundError(error, request, settings) }
        }
    }

    private func stream(_ request: OutboundRequest) async throws(OutboundError) -> OutboundStream {
        let settings = settings
        do {
            var inner = HTTPClientRequest(url: request.url)
            inner.method = HTTPMethod(rawValue: request.method.rawValue)
            inner.headers = HTTPHeaders(Array(request.headers))
            if !inner.headers.contains(name: "User-Agent") {
                inner.headers.add(name: "User-Agent", value: settings.userAgent)
            }
            inner.body = request.body.map { .bytes(ByteBuffer(bytes: $0)) }
            let response = try await client(for: request).execute(inner, timeout: TimeAmount(settings.answerTimeout))
            guard request.scheme != "https" || response.url?.scheme?.lowercased() == "https" else {
                throw OutboundError(.badRedirect, "\(request): the redirection leads to plain text")
            }
            let head = OutboundHead(response.status, response.headers, of: request)
            return OutboundStream(head, response.body, of: request, by: self)
        } catch {
            throw OutboundError(error, request, settings)
        }
    }

    /// Gives up on what takes longer than an answer may: a server that sends a byte now and then is never silent.
    private func inTime(
        _ request: OutboundRequest,
        _ attempt: @escaping @Sendable () async throws(OutboundError) -> OutboundAnswer
    ) async throws(OutboundError) -> OutboundAnswer {
        let settings = settings
        do {
            return try await withThrowingTaskGroup(of: OutboundAnswer.self) { group in
                defer { group.cancelAll() }
                group.addTask { try await attempt() }
                group.addTask {
                    try await Task.sleep(for: settings.answerTimeout)
                    throw OutboundError.late(request, settings)
                }
                guard let answer = try await group.next() else { throw CancellationError() }
                return answer
            }
        } catch {
            throw OutboundError(error, request, settings)
        }
    }

    private func client(for request: OutboundRequest) -> HTTPClient {
        let proxy = settings.proxies.proxy(for: request)
        return clients.withLock { clients in
            if let client = clients[proxy] { return client }
            var configuration = configuration
            configuration.proxy = proxy.map { proxy in
                .server(
                    host: proxy.host, port: proxy.port,
                    authorization: proxy.credentials.map { .basic(credentials: $0.base64) })
            }
            let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
            clients[proxy] = client
            return client
        }
    }
}

extension HTTPClient.Configuration {
    fileprivate init(_ settings: OutboundSettings) throws(OutboundError) {
        var tls = TLSConfiguration.makeClientConfiguration()
        switch settings.trust {
        case .system: break
        case .unverified: tls.certificateVerification = .none
        case .bundle(let path):
            let certificates = try? NIOSSLCertificate.fromPEMFile(path)
            guard let certificates, !certificates.isEmpty else {
                throw OutboundError(.invalid, "\(path) holds no certificates in PEM form")
            }
            tls.trustRoots = .certificates(certificates)
        }
        let redirects: RedirectConfiguration =
            settings.maximumRedirects > 0 ? .follow(max: settings.maximumRedirects, allowCycles: false) : .disallow
        self.init(
            tlsConfiguration: tls,
            redirectConfiguration: redirects,
            timeout: Timeout(
                connect: TimeAmount(settings.connectTimeout), read: TimeAmount(settings.readTimeout),
                write: TimeAmount(settings.readTimeout)))
        // Several connections carry more than one: HTTP/2 would put all requests to a server on one.
        httpVersion = .http1Only
        connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = settings.maximumConnectionsPerHost
        // The attempts are ours, so that their number and their reasons are known.
        connectionPool.retryConnectionEstablishment = false
    }
}
