import FoundationEssentials
import ModelStore

/// The address of an S3 service.
struct S3Endpoint: Hashable, Sendable {
    let scheme: String
    /// The host, and the port unless it is the usual one.
    let authority: String
    /// What comes before a bucket's name in a path; without a slash at its end.
    let path: String

    /// The service that a variable names.
    init(_ url: String, variable: String) throws(StoreError) {
        guard let parts = URLComponents(string: url), let scheme = parts.scheme?.lowercased(),
            ["http", "https"].contains(scheme), let host = parts.encodedHost, !host.isEmpty
        else {
            throw StoreError(.refused, "\(variable) is not the URL of a server, such as https://minio.example:9000")
        }
        let port = parts.port.flatMap { $0 == (scheme == "https" ? 443 : 80) ? nil : $0 }
        self.scheme = scheme
        authority = port.map { "\(host):\($0)" } ?? host
        let path = parts.percentEncodedPath
        self.path = String(path.reversed().drop { $0 == "/" }.reversed())
    }

    private init(amazon authority: String) {
        scheme = "https"
        self.authority = authority
        path = ""
    }

    /// Amazon's service in a region.
    static func amazon(region: String) -> S3Endpoint {
        S3Endpoint(amazon: "s3.\(region).amazonaws.com\(region.hasPrefix("cn-") ? ".cn" : "")")
    }

    /// Amazon's service by way of its network's edge.
    static let accelerated = S3Endpoint(amazon: "s3-accelerate.amazonaws.com")

    /// Where a bucket, or an object in it, is.
    ///
    /// - Parameter key: empty for the bucket itself.
    /// - Returns: the `Host`, and the path as it is sent.
    func place(bucket: String, key: String, isVirtualHosted: Bool) -> (host: String, path: String) {
        let key = PercentEncoding.encode(key, keeping: "/")
        return isVirtualHosted
            ? ("\(bucket).\(authority)", "\(path)/\(key)")
            : (authority, key.isEmpty ? "\(path)/\(bucket)" : "\(path)/\(bucket)/\(key)")
    }
}
