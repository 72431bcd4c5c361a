import Outbound

/// A request to an S3 service, before it is signed.
struct S3Request: Sendable {
    var method = OutboundRequest.Method.get
    let bucket: String
    /// The object; empty for the bucket itself.
    var key = ""
    /// Names and values, not encoded.
    var query: [(String, String)] = []
    var headers: [String: String] = [:]
    var body: [UInt8]?
    /// Whether it may be made again when nobody knows whether the service acted on it.
    var isRepeatable = true

    init(_ method: OutboundRequest.Method = .get, bucket: String, key: String = "") {
        self.method = method
        self.bucket = bucket
        self.key = key
    }

    /// What is asked for, as people name it.
    var uri: String { ModelURI.s3(bucket: bucket, key: key).description }
}
