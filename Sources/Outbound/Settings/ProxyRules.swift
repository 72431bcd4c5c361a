import FoundationEssentials

/// Which requests go through a proxy, as programs agree to read it from the environment (`HTTPS_PROXY`, `HTTP_PROXY`,
/// `ALL_PROXY`, `NO_PROXY`, in capitals or not).
///
/// Of `NO_PROXY` the forms of Go's `golang.org/x/net/http/httpproxy` are understood: `*`, a domain (with all below it;
/// with a leading point only what is below), an address, a network (`10.0.0.0/8`), each with a `:port` if need be.
/// This machine is never asked through a proxy. A proxy is asked for a tunnel (`CONNECT`), for plain HTTP as well.
package struct ProxyRules: Hashable, Sendable {
    /// A proxy.
    struct Proxy: Hashable, Sendable {
        let host: String
        let port: Int
        /// The name and the password for it, joined by a colon.
        let credentials: Secret?
    }

    /// No proxies.
    package static let none = ProxyRules()

    private var proxies: [String: Proxy] = [:]
    private var exceptions: [ProxyException] = []

    private init() {}

    /// The rules of an environment.
    ///
    /// - Throws: ``OutboundError/Code/invalid`` if it names a proxy that is none.
    package init(environment: [String: String]) throws(OutboundError) {
        func value(_ name: String) -> (name: String, text: String)? {
            [name.lowercased(), name].lazy.compactMap { name in environment[name].map { (name, $0) } }
                .first { !$0.1.isEmpty }
        }
        for scheme in ["http", "https"] {
            if let (name, text) = value("\(scheme.uppercased())_PROXY") ?? value("ALL_PROXY") {
                proxies[scheme] = try Proxy(text, variable: name)
            }
        }
        exceptions = (value("NO_PROXY")?.text ?? "").split { $0 == "," || $0 == " " }.map { ProxyException($0) }
    }

    /// Whether a request goes through a proxy.
    package func appliesTo(_ request: OutboundRequest) -> Bool { proxy(for: request) != nil }

    /// The proxy for a request; nil if there should be none.
    func proxy(for request: OutboundRequest) -> Proxy? {
        guard let proxy = proxies[request.scheme] else { return nil }
        let host = request.host.lowercased()
        let address = NetworkAddress(host)
        let isLocal = host == "localhost" || host.hasSuffix(".localhost") || address?.isLoopback == true
        return isLocal || exceptions.contains { $0.matches(host, address, request.port) } ? nil : proxy
    }
}

extension ProxyRules.Proxy {
    /// The proxy that a variable names: `http://host:port`, `http://name:password@host:port` or `host:port`.
    fileprivate init(_ text: String, variable: String) throws(OutboundError) {
        guard let url = URL(string: text.contains("://") ? text : "http://\(text)"), url.scheme == "http",
            let host = url.host(percentEncoded: false), !host.isEmpty
        else { throw OutboundError(.invalid, "\(variable) is not the URL of a proxy, such as http://proxy:3128") }
        self.host = host
        port = url.port ?? 80
        credentials = url.user(percentEncoded: false).map { user in
            Secret("\(user):\(url.password(percentEncoded: false) ?? "")")
        }
    }
}
