import ContentCodings
import HTTPTypes
import Hummingbird
import NIOCore
import Serving

extension Request {
    /// The whole body, decoded.
    ///
    /// - Parameters:
    ///   - limit: how many bytes are read at most, and how many they may be once decoded.
    ///   - visit: takes account of them.
    /// - Throws: ``ServingError`` for a body that is longer, or in a coding other than gzip and deflate.
    func wholeBody(upTo limit: Int, _ visit: inout Admission.Visit) async throws(ServingError) -> ByteBuffer {
        guard let name = headers[.contentEncoding], name.lowercased() != "identity" else {
            return try await sentBody(upTo: limit, &visit)
        }
        guard let coding = ContentCoding(contentEncoding: name) else {
            throw ServingError(
                .unsupportedCoding, "Content-Encoding \(name.prefix(80)) is not supported; known are gzip and deflate.")
        }
        let sent = try await sentBody(upTo: limit, &visit)
        // How long it becomes is known when it is there.
        try visit.take(limit)
        do throws(ContentCoding.Failure) {
            return ByteBuffer(bytes: try coding.decoded(Array(buffer: sent), upTo: limit))
        } catch .tooLong {
            throw .bodyTooLarge(limit)
        } catch {
            throw ServingError(.malformedRequest, "The body is not in the coding \(coding), or is cut off.")
        }
    }

    /// The whole body, as it came if it came in one piece; one whose length is announced is refused unread.
    private func sentBody(upTo limit: Int, _ visit: inout Admission.Visit) async throws(ServingError) -> ByteBuffer {
        let announced = headers[.contentLength].flatMap { Int($0) } ?? 0
        guard announced <= limit else { throw .bodyTooLarge(limit) }
        try visit.take(announced)
        var unannounced = -announced
        do {
            var parts = body.makeAsyncIterator()
            guard var whole = try await parts.next() else { return ByteBuffer() }
            unannounced += whole.readableBytes
            while var part = try await parts.next() {
                guard whole.readableBytes + part.readableBytes <= limit else { throw ServingError.bodyTooLarge(limit) }
                unannounced += part.readableBytes
                if unannounced > 0 {
                    try visit.take(unannounced)
                    unannounced = 0
                }
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
