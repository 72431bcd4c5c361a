import ContentCodings
import HTTPTypes
import Hummingbird
import NIOCore
import Serving

extension Request {
    /// The whole body, decoded.
    ///
    /// - Parameter limit: how many bytes are read at most, and how many they may be once decoded.
    /// - Throws: ``ServingError`` for a body that is longer, or in a coding other than gzip and deflate.
    func wholeBody(upTo limit: Int) async throws(ServingError) -> ByteBuffer {
        guard let name = headers[.contentEncoding], name.lowercased() != "identity" else {
            return try await sentBody(upTo: limit)
        }
        guard let coding = ContentCoding(contentEncoding: name) else {
            throw ServingError(
                .unsupportedCoding, "Content-Encoding \(name.prefix(80)) is not supported; known are gzip and deflate.")
        }
        let sent = try await sentBody(upTo: limit)
        do throws(ContentCoding.Failure) {
            return ByteBuffer(bytes: try coding.decoded(Array(buffer: sent), upTo: limit))
        } catch .tooLong {
            throw .bodyTooLarge(limit)
        } catch {
            throw ServingError(.malformedRequest, "The body is not in the coding \(coding), or is cut off.")
        }
    }

    /// The whole body, as it came if it came in one piece; one whose length is announced is refused unread.
    private func sentBody(upTo limit: Int) async throws(ServingError) -> ByteBuffer {
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
