import ModelStore
import Outbound

/// A model in a bucket: one object, or those below a prefix.
struct S3Source: RemoteSource {
    private let client: S3Client
    private let bucket: String
    private let key: String

    init(_ client: S3Client, bucket: String, key: String) {
        self.client = client
        self.bucket = bucket
        self.key = key
    }

    func list() async throws(StoreError) -> RemoteListing {
        // Of an object and a prefix of one name the object is meant.
        let name = key.split(separator: "/").last.map(String.init) ?? ""
        if StoreLayout.isModelFile(name), let file = try await object(name) { return RemoteListing(files: [file]) }
        let prefix = key.isEmpty ? "" : "\(key)/"
        let files = try await client.objects(in: bucket, prefix: prefix).compactMap { object -> RemoteFile? in
            let path = String(object.key.dropFirst(prefix.count))
            // A key that ends in a slash is a folder that some console made.
            guard !path.isEmpty, !path.hasSuffix("/") else { return nil }
            return RemoteFile(
                path: path, location: object.key, size: object.size, validator: object.tag, isRanged: true)
        }
        if !files.isEmpty { return RemoteListing(files: files) }
        if !key.isEmpty, let file = try await object(name) { return RemoteListing(files: [file]) }
        throw StoreError(.notFound, "nothing is at \(uri(key))")
    }

    func prepare(_ file: RemoteFile) async throws(StoreError) -> PreparedFile {
        guard let head = try await client.head(bucket, file.location), head.header("ETag") == file.validator else {
            throw .changed(uri(file.location))
        }
        return PreparedFile(file: file, digest: try await digest(head, file.location))
    }

    func open(_ file: RemoteFile, from offset: Int, to end: Int?) async throws(StoreError) -> any RemoteContent {
        var request = S3Request(bucket: bucket, key: file.location)
        request.headers["If-Match"] = file.validator
        request.headers["Range"] = OutboundContent.range(from: offset, to: end)
        return try OutboundContent(try await client.open(request), from: offset)
    }

    /// The object that the URI names; nil if there is none.
    private func object(_ name: String) async throws(StoreError) -> RemoteFile? {
        guard let head = try await client.head(bucket, key), let size = head.contentLength else { return nil }
        return RemoteFile(
            path: name, location: key, size: size, validator: head.header("ETag"), isRanged: true)
    }

    /// What an object's content should add up to.
    ///
    /// An entity tag is the MD5 of the content, or of its parts' MD5s, unless the object is encrypted with a key of the
    /// key service or the client's ("Checking object integrity" in the Amazon S3 User Guide).
    private func digest(_ head: OutboundHead, _ key: String) async throws(StoreError) -> ExpectedDigest? {
        if let sha256 = head.header("x-amz-meta-sha256"), let digest = ExpectedDigest(sha256: sha256) { return digest }
        let encryption = head.header("x-amz-server-side-encryption")
        guard encryption == nil || encryption == "AES256", let tag = head.header("ETag"),
            head.header("x-amz-server-side-encryption-customer-algorithm") == nil
        else { return nil }
        let parts = tag.filter { $0 != "\"" }.split(separator: "-")
        guard parts.count == 2 else { return parts.first.flatMap { ExpectedDigest(md5: String($0)) } }
        guard let count = Int(parts[1]), let first = try? await client.head(bucket, key, part: 1),
            first.header("ETag") == tag, let size = first.contentLength
        else { return nil }
        return ExpectedDigest(md5: String(parts[0]), ofParts: count, partBytes: size, size: head.contentLength ?? 0)
    }

    private func uri(_ key: String) -> String { ModelURI.s3(bucket: bucket, key: key).description }
}
