import FoundationEssentials
package import Outbound

/// How a Prometheus server knows who asks.
package enum PrometheusCredentials: Hashable, Sendable {
    /// It does not ask.
    case none
    /// A bearer token in a file, which is read anew for each request: the token of a service account is replaced every
    /// hour or so.
    case tokenFile(String)
    /// A name and a password (basic authentication).
    case basic(user: String, password: Secret)

    /// The longest token file, in bytes.
    static let maximumTokenBytes = 1 << 16

    /// Adds the credentials to a request.
    ///
    /// - Throws: ``DataSourceError/Code/denied`` if there is no token where there should be one.
    func authorize(_ request: inout OutboundRequest) throws(DataSourceError) {
        switch self {
        case .none: break
        case .basic(let user, let password): request.authorize(user: user, password: password)
        case .tokenFile(let path): request.authorize(token: Secret(try Self.token(in: path)))
        }
    }

    private static func token(in path: String) throws(DataSourceError) -> String {
        let bytes: Data
        do { bytes = try Data(contentsOf: URL(filePath: path)) } catch {
            throw DataSourceError(.denied, "the token file \(path) cannot be read")
        }
        let token = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace).first.map(String.init)
        guard let token, bytes.count <= maximumTokenBytes else {
            throw DataSourceError(.denied, "the token file \(path) holds no token")
        }
        return token
    }
}
