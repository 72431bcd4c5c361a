import ModelStore
import Outbound

/// A prefix of a bucket that models are written to.
struct S3Destination: RemoteDestination {
    private let client: S3Client
    private let bucket: String
    private let key: String
    var uri: ModelURI { .s3(bucket: bucket, key: key) }

    init(_ client: S3Client, bucket: String, key: String) {
        self.client = client
        self.bucket = bucket
        self.key = key
    }

    private var prefix: String { key.isEmpty ? "" : "\(key)/" }

    func paths(below path: String) async throws(StoreError) -> [String] {
        try await client.objects(in: bucket, prefix: prefix + path).map { String($0.key.dropFirst(prefix.count)) }
    }

    func bytes(at path: String) async throws(StoreError) -> [UInt8]? {
        let request = S3Request(bucket: bucket, key: prefix + path)
        do throws(StoreError) {
            return try await client.answer(to: request).body
        } catch {
            if error.code == .notFound { return nil }
            throw error
        }
    }

    func write(_ bytes: [UInt8], to path: String) async throws(StoreError) {
        var request = S3Request(.put, bucket: bucket, key: prefix + path)
        request.headers["Content-Type"] = "application/json"
        request.body = bytes
        _ = try await client.answer(to: request)
    }

    func copy(_ file: String, _ digest: FileDigest, to path: String) async throws(StoreError) {
        try await S3Upload(client: client, bucket: bucket, key: prefix + path, file: file, digest: digest).run()
    }
}
