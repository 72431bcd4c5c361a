import NIOCore
import Serving

/// A request that was read whole, as its bytes lie in the connection's buffer.
struct PlainRequest {
    /// What it asks for.
    let target: RequestTarget
    /// Its head, the empty line included.
    private let head: ByteBuffer
    private let requestIDRange: Range<Int>?
    /// Its body.
    let body: ByteBuffer

    init(target: RequestTarget, head: ByteBuffer, _ plain: PlainHead, body: ByteBuffer) {
        self.target = target
        self.head = head
        requestIDRange = plain.requestID
        self.body = body
    }

    /// `x-request-id`.
    var requestID: String? { requestIDRange.map(text) }

    /// The target as the client sent it.
    var path: String {
        let line = head.readableBytesView.prefix { $0 != UInt8(ascii: "\r") }
        return String(decoding: line.split(separator: UInt8(ascii: " ")).dropFirst().first ?? [], as: UTF8.self)
    }

    /// The value of a field, the first of several.
    ///
    /// - Parameter name: in lower case.
    func header(_ name: String) -> String? {
        for line in head.readableBytesView.split(separator: UInt8(ascii: "\n")).dropFirst() {
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
            guard String(decoding: line[..<colon], as: UTF8.self).lowercased() == name else { continue }
            let value = line[(colon + 1)...].dropLast().drop { $0 == UInt8(ascii: " ") }
            let end = value.lastIndex { $0 != UInt8(ascii: " ") }.map { $0 + 1 } ?? value.startIndex
            return String(decoding: value[..<end], as: UTF8.self)
        }
        return nil
    }

    private func text(_ range: Range<Int>) -> String {
        head.getString(at: head.readerIndex + range.lowerBound, length: range.count) ?? ""
    }
}
