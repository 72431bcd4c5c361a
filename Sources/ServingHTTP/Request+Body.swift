import HTTPTypes
import Hummingbird
import NIOCore
import Serving

extension Request {
    /// The whole body, as it came if it came in one piece.
    ///
    /// - Parameter limit: how many bytes are read at most; a body whose length is announced is refused unread.
    /// - Throws: ``ServingError`` for a body that is longer, or compressed.
    func wholeBody(upTo limit: Int) async throws(ServingError) -> ByteBuffer {
        if let encoding = headers[.contentEncoding], encoding != "identity" {
            throw ServingError(.malformedRequest, "Content-Encoding \(encoding) is not supported.")
        }
        let announced = headers[.contentLength].flatMap { Int($0) } ?? 0
        guard announced <= limit else { throw .bodyTooLarge(limit) }
        do {
            var parts = body.makeAsyncIterator()
            guard var whole = try await parts.next() else { return ByteBuffer() }
            while var part = try await parts.next() {
                guard whole.readableBytes + part.readableBytes <= limit else { throw ServingError.bodyTooLarge(limit) }
                whole.reserveCapacity(announced)
                whole.writeBuffer(&part)
            }
            guard whole.readableBytes <= limit else { throw ServingError.bodyTooLarge(limit) }
            return whole
        } catch let error as ServingError {
            throw error
        } catch {
            throw ServingError(.malformedRequest, "The body could not be read: \(error)")
        }
    }
}

extension ServingError {
    fileprivate static func bodyTooLarge(_ limit: Int) -> ServingError {
        ServingError(.bodyTooLarge, "The body is longer than this server reads: \(limit) bytes.")
    }
}
