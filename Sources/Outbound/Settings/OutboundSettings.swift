/// How requests to other servers are made.
package struct OutboundSettings: Hashable, Sendable {
    /// Whose word is taken that a server is who it should be.
    package enum Trust: Hashable, Sendable {
        /// The certificate authorities of the system.
        case system
        /// Only the certificate authorities in a PEM file.
        case bundle(path: String)
        /// Everybody's: whoever is on the way can read and change what is sent. Only for an explicit setting.
        case unverified
    }

    /// Whom to believe.
    package var trust = Trust.system
    /// Which requests go through a proxy.
    package var proxies = ProxyRules.none
    /// How long a connection may take, its TLS handshake included.
    package var connectTimeout = Duration.seconds(15)
    /// How long the server may be silent, and how long it may not take what is sent.
    package var readTimeout = Duration.seconds(30)
    /// How long a whole answer may take; for a streamed one, its head.
    package var answerTimeout = Duration.seconds(60)
    /// How often and after which waits a request is made again.
    package var retries = RetryPolicy()
    /// How many redirections are followed; with 0 a redirection is an answer like any other. Credentials are not sent
    /// on to another host, and an encrypted connection is not left for plain text.
    package var maximumRedirects = 5
    /// The longest body of an answer that is read into memory, in bytes.
    package var maximumAnswerBytes = 16 << 20
    /// The most connections to one server.
    package var maximumConnectionsPerHost = 8
    /// What the client calls itself.
    package var userAgent = "apus"

    /// The defaults.
    package init() {}
}
