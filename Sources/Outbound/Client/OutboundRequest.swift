import FoundationEssentials

/// A request to another server. It prints as its method and URL without what may be secret in them.
package struct OutboundRequest: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// What is to be done.
    package enum Method: String, Hashable, Sendable, CaseIterable {
        case get = "GET"
        case head = "HEAD"
        case put = "PUT"
        case post = "POST"
        case patch = "PATCH"
        case delete = "DELETE"
    }

    /// What is to be done.
    package var method: Method
    /// The URL, without a name and a password.
    package let url: String
    /// The headers.
    package var headers: [String: String]
    /// The body; nil for none.
    package var body: [UInt8]?
    /// Whether the request may be made again when nobody knows whether the server acted on it. Set for the methods
    /// that HTTP calls idempotent (RFC 9110, section 9.2.2): all but `post` and `patch`.
    package var isRepeatable: Bool

    let scheme: String
    let host: String
    let port: Int
    private let path: String

    /// A request.
    ///
    /// - Parameter url: `http` or `https`, percent-encoded; a name and a password in it become an `Authorization`.
    /// - Throws: ``OutboundError/Code/invalid`` if it is no such URL.
    package init(
        _ method: Method = .get, _ url: String, headers: [String: String] = [:], body: [UInt8]? = nil
    ) throws(OutboundError) {
        // URLComponents would let control characters through.
        guard url.utf8.allSatisfy({ 0x21...0x7E ~= $0 }), var parts = URLComponents(string: url),
            let scheme = parts.scheme?.lowercased(),
            ["http", "https"].contains(scheme), let host = parts.host, !host.isEmpty
        else { throw OutboundError(.invalid, "not an http:// or https:// URL: \(Self.withoutSecrets(url))") }
        self.method = method
        self.headers = headers
        self.body = body
        self.scheme = scheme
        self.host = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        port = parts.port ?? (scheme == "https" ? 443 : 80)
        path = parts.percentEncodedPath
        isRepeatable = method != .post && method != .patch
        if let user = parts.user {
            self.headers["Authorization"] = Self.basic(user, Secret(parts.password ?? ""))
            parts.user = nil
            parts.password = nil
            self.url = parts.string ?? url
        } else {
            self.url = url
        }
    }

    /// Sends a name and a password (RFC 7617).
    package mutating func authorize(user: String, password: Secret) {
        headers["Authorization"] = Self.basic(user, password)
    }

    /// Sends a bearer token (RFC 6750).
    package mutating func authorize(token: Secret) {
        headers["Authorization"] = "Bearer \(token.revealed)"
    }

    /// The server, as people name it.
    var server: String { "\(host):\(port)" }

    package var description: String {
        let isUsual = port == (scheme == "https" ? 443 : 80)
        let host = host.contains(":") ? "[\(host)]" : host
        return "\(method.rawValue) \(scheme)://\(host)\(isUsual ? "" : ":\(port)")\(path.prefix(200))"
    }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }

    private static func basic(_ user: String, _ password: Secret) -> String {
        "Basic \(Secret("\(user):\(password.revealed)").base64)"
    }

    /// What is safe to show of a text that should have been a URL.
    private static func withoutSecrets(_ url: String) -> String {
        let start = url.prefix { $0 != "?" && $0 != "#" }
        let shown = start.lastIndex(of: "@").map { "…\(start[$0...])" } ?? String(start)
        return String(shown.prefix(200)).debugDescription
    }
}
