import Outbound

/// Who asks an S3 service.
struct S3Credentials: Hashable, Sendable {
    /// The access key, which is no secret by itself.
    let accessKey: String
    /// The secret key.
    let secretKey: Secret
    /// The token of temporary credentials.
    let sessionToken: Secret?
}
