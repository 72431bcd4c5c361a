import AsyncHTTPClient
package import NIOCore

/// An answer whose body is read part by part. Letting go of it before its end ends the connection.
package struct OutboundStream: OutboundResult {
    /// The status and headers.
    package let head: OutboundHead
    private var body: HTTPClientResponse.Body.AsyncIterator
    private let request: OutboundRequest
    /// Keeps the connections open for as long as something is read.
    private let client: OutboundClient

    init(_ head: OutboundHead, _ body: HTTPClientResponse.Body, of request: OutboundRequest, by client: OutboundClient)
    {
        self.head = head
        self.body = body.makeAsyncIterator()
        self.request = request
        self.client = client
    }

    /// The next part of the body; nil at its end.
    ///
    /// - Throws: ``OutboundError``; what was read before is what the server sent.
    package mutating func next() async throws(OutboundError) -> ByteBuffer? {
        do { return try await body.next(isolation: #isolation) } catch {
            throw OutboundError(error, request, client.settings)
        }
    }

    /// The rest of the body.
    ///
    /// - Throws: ``OutboundError/Code/tooLong`` if it is longer than `limit` bytes.
    package mutating func collect(upTo limit: Int) async throws(OutboundError) -> [UInt8] {
        // An answer to HEAD tells the length of a body that does not come.
        guard request.method != .head else { return [] }
        let tooLong = OutboundError(.tooLong, "\(head.request): the answer is longer than \(limit) bytes")
        guard head.contentLength ?? 0 <= limit else { throw tooLong }
        var bytes: [UInt8] = []
        while let part = try await next() {
            guard part.readableBytes <= limit - bytes.count else { throw tooLong }
            bytes.append(contentsOf: part.readableBytesView)
        }
        return bytes
    }
}
