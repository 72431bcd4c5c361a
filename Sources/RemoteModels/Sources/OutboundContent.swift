import ModelStore
import NIOCore
import Outbound

/// A streamed answer as the content of a file.
struct OutboundContent: RemoteContent {
    let start: Int
    private var stream: OutboundStream

    /// The answer to a request for a file from an offset on.
    ///
    /// - Throws: ``StoreError/Code/malformed`` if it starts elsewhere, but not at 0.
    init(_ stream: OutboundStream, from offset: Int) throws(StoreError) {
        self.stream = stream
        guard stream.head.status == 206 else {
            start = 0
            return
        }
        // `bytes 100-199/200`; a server that does not say keeps to what it was asked.
        let first = stream.head.header("Content-Range")?.split(separator: " ").last?.prefix { $0 != "-" }
        start = first.flatMap { Int($0) } ?? offset
        guard start == offset else {
            throw StoreError(.malformed, "\(stream.head.request): the server sends another part than it was asked for")
        }
    }

    /// The value of a `Range` header (RFC 9110, section 14.2); nil for the whole.
    static func range(from offset: Int, to end: Int?) -> String? {
        offset == 0 && end == nil ? nil : "bytes=\(offset)-\(end.map { "\($0 - 1)" } ?? "")"
    }

    mutating func next() async throws(StoreError) -> ByteBuffer? {
        do throws(OutboundError) { return try await stream.next() } catch { throw StoreError(error) }
    }
}
