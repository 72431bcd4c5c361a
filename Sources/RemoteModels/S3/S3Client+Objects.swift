import ModelStore
import Outbound

/// An object of a bucket.
struct S3Object: Hashable, Sendable {
    let key: String
    /// Bytes.
    let size: Int
    /// The entity tag, with its quotes.
    let tag: String
}

extension S3Client {
    /// The most objects below a prefix that are listed; where there are more, no model lies.
    static let maximumObjects = 10_000

    /// The objects whose keys start with a prefix (`ListObjectsV2`).
    ///
    /// - Throws: ``StoreError/Code/refused`` if there are more than ``maximumObjects``.
    func objects(in bucket: String, prefix: String) async throws(StoreError) -> [S3Object] {
        var objects: [S3Object] = []
        var token: String?
        repeat {
            var request = S3Request(bucket: bucket)
            request.query = [("encoding-type", "url"), ("list-type", "2"), ("prefix", prefix)]
            if let token { request.query.append(("continuation-token", token)) }
            let page = try S3Page(try await answer(to: request).body)
            objects += page.objects
            guard objects.count <= Self.maximumObjects else {
                throw StoreError(
                    .refused,
                    "s3://\(bucket)/\(prefix) holds more than \(Self.maximumObjects) objects: name a model's prefix"
                )
            }
            guard page.token == nil || (page.token != token && !page.objects.isEmpty) else {
                throw StoreError(.malformed, "s3://\(bucket)/\(prefix): the service lists the same objects again")
            }
            token = page.token
        } while token != nil
        return objects
    }

    /// What a service says of an object (`HeadObject`); nil if there is none.
    ///
    /// - Parameter part: asks for one part of an object that was uploaded in parts.
    func head(_ bucket: String, _ key: String, part: Int? = nil) async throws(StoreError) -> OutboundHead? {
        var request = S3Request(.head, bucket: bucket, key: key)
        request.query = part.map { [("partNumber", "\($0)")] } ?? []
        do throws(StoreError) { return try await answer(to: request).head } catch {
            if error.code == .notFound { return nil }
            throw error
        }
    }
}

/// One page of a list of objects.
struct S3Page {
    let objects: [S3Object]
    /// What to ask for the next page with; nil for the last one.
    let token: String?

    /// Reads the body of an answer to `ListObjectsV2`.
    ///
    /// - Throws: ``StoreError/Code/malformed`` if it is none.
    init(_ body: [UInt8]) throws(StoreError) {
        let root = try XMLElement(parsing: body)
        guard root.name == "ListBucketResult" else {
            throw StoreError(
                .malformed, "the service answered <\(root.name.prefix(40).shown)> where it should list objects")
        }
        let isEncoded = root.text("EncodingType") == "url"
        var objects: [S3Object] = []
        for entry in root.children where entry.name == "Contents" {
            let name = entry.text("Key")
            let key = isEncoded ? name.flatMap { PercentEncoding.decode($0, plusIsSpace: true) } : name
            guard let key, let size = entry.text("Size").flatMap({ Int($0) }), size >= 0 else {
                throw StoreError(.malformed, "the service lists an object without a key or a size")
            }
            objects.append(S3Object(key: key, size: size, tag: entry.text("ETag") ?? ""))
        }
        self.objects = objects
        token = root.text("IsTruncated") == "true" ? root.text("NextContinuationToken") : nil
    }
}
