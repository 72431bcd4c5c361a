import ModelStore
import Outbound
import Synchronization

/// Uploads a file as an object: at once, or in parts if it is large ("Uploading and copying objects using multipart
/// upload" in the Amazon S3 User Guide).
///
/// Each request is signed with the SHA-256 of its body, so the service takes no other bytes than were read. The
/// object's metadata has the SHA-256 of the whole.
struct S3Upload: Sendable {
    /// Files up to this size are uploaded at once, in bytes.
    static let maximumSingleBytes = 16 << 20
    /// The most parts that a service takes.
    private static let maximumParts = 10_000

    let client: S3Client
    let bucket: String
    let key: String
    let file: String
    let digest: FileDigest

    /// - Throws: ``StoreError``; no object was made or changed then, and no parts of one are left.
    func run() async throws(StoreError) {
        let file = try File.reading(file)
        guard try file.status().size == digest.size else { throw .changed(self.file) }
        if digest.size <= Self.maximumSingleBytes {
            let bytes = try Self.read(file, 0..<digest.size)
            guard SignatureV4.sha256(bytes) == digest.sha256 else { throw .changed(self.file) }
            var request = request(.put)
            request.headers.merge(metadata) { $1 }
            request.body = bytes
            _ = try await client.answer(to: request)
        } else {
            try await uploadParts(OpenFile(file))
        }
    }

    private var metadata: [String: String] {
        ["Content-Type": "application/octet-stream", "x-amz-meta-sha256": digest.sha256]
    }

    private func request(_ method: OutboundRequest.Method, _ query: [(String, String)] = []) -> S3Request {
        var request = S3Request(method, bucket: bucket, key: key)
        request.query = query
        return request
    }

    private static func read(_ file: borrowing File, _ range: Range<Int>) throws(StoreError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: range.count)
        var filled = 0
        while filled < bytes.count {
            var rest = [UInt8](repeating: 0, count: min(bytes.count - filled, 1 << 20))
            let count = try file.read(into: &rest, at: range.lowerBound + filled)
            guard count > 0 else { throw .changed(file.path) }
            bytes.replaceSubrange(filled..<filled + count, with: rest[..<count])
            filled += count
        }
        return bytes
    }

    // MARK: - In parts

    /// A file that several tasks read.
    private final class OpenFile: Sendable {
        let file: File
        init(_ file: consuming File) { self.file = file }
    }

    private func uploadParts(_ file: OpenFile) async throws(StoreError) {
        var start = request(.post, [("uploads", "")])
        start.headers = metadata
        let answer = try XMLElement(parsing: try await client.answer(to: start).body)
        guard let id = answer.text("UploadId"), !id.isEmpty else {
            throw StoreError(.malformed, "\(start.uri): the service started no upload")
        }
        do throws(StoreError) {
            let tags = try await send(file, id)
            try await complete(id, tags)
        } catch {
            // Also where the task was cancelled: parts that nobody completes are kept, and charged, for ever.
            let abort = request(.delete, [("uploadId", id)])
            let client = client
            _ = await Task { try? await client.answer(to: abort) }.value
            throw error
        }
    }

    /// Sends all parts, several at once; returns their tags.
    private func send(_ file: OpenFile, _ id: String) async throws(StoreError) -> [String] {
        let smallest = (digest.size + Self.maximumParts - 1) / Self.maximumParts
        let partBytes = max(Self.maximumSingleBytes, smallest)
        let count = (digest.size + partBytes - 1) / partBytes
        do {
            return try await withThrowingTaskGroup(of: (Int, String).self) { group in
                defer { group.cancelAll() }
                var next = 0
                func start() {
                    guard next < count else { return }
                    let index = next
                    next += 1
                    let range = index * partBytes..<min((index + 1) * partBytes, digest.size)
                    group.addTask { (index, try await send(range, of: file, number: index + 1, id)) }
                }
                for _ in 0..<client.settings.concurrency { start() }
                var tags = [String](repeating: "", count: count)
                while let (index, tag) = try await group.next() {
                    tags[index] = tag
                    start()
                }
                return tags
            }
        } catch {
            throw error as? StoreError ?? .cancelled(ModelURI.s3(bucket: bucket, key: key).description)
        }
    }

    private func send(
        _ range: Range<Int>, of file: OpenFile, number: Int, _ id: String
    ) async throws(StoreError) -> String {
        var part = request(.put, [("partNumber", "\(number)"), ("uploadId", id)])
        part.body = try Self.read(file.file, range)
        guard let tag = try await client.answer(to: part).head.header("ETag") else {
            throw StoreError(.malformed, "\(part.uri): the service gave part \(number) no tag")
        }
        return tag
    }

    /// Makes an object of the parts; a service may answer 200 and say then that it failed.
    private func complete(_ id: String, _ tags: [String]) async throws(StoreError) {
        let parts = tags.enumerated().map { index, tag in
            "<Part><PartNumber>\(index + 1)</PartNumber><ETag>\(Self.escaped(tag))</ETag></Part>"
        }
        var request = request(.post, [("uploadId", id)])
        request.body = Array("<CompleteMultipartUpload>\(parts.joined())</CompleteMultipartUpload>".utf8)
        let answer = try XMLElement(parsing: try await client.answer(to: request).body)
        guard answer.name == "CompleteMultipartUploadResult" else {
            throw S3Failure(status: 200, code: answer.text("Code"), message: answer.text("Message"))
                .error(request, client.settings)
        }
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("\"", with: "&quot;")
    }
}
