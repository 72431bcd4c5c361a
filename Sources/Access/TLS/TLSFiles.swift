/// The files that make a server's connections secure, each in PEM form.
public struct TLSFiles: Hashable, Sendable {
    /// The server's certificate, and those that vouch for it, in this order.
    public var certificate: String
    /// The certificate's key, not encrypted.
    public var key: String
    /// The certificates of the authorities that clients must have theirs from; nil asks clients for none.
    public var clientAuthorities: String?

    /// The files of a server.
    public init(certificate: String, key: String, clientAuthorities: String? = nil) {
        self.certificate = certificate
        self.key = key
        self.clientAuthorities = clientAuthorities
    }

    /// All of them.
    var paths: [String] { [certificate, key] + [clientAuthorities].compactMap(\.self) }
}
