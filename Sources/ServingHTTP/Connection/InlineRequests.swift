import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// What becomes of the requests of one connection: small ones that are wanted are gathered and answered where they were
/// read, all others are passed on.
///
/// HTTP/1.1 answers in the order of the requests (RFC 9112, section 9.3.2), so nothing is answered here while a request
/// that was passed on has no answer yet.
struct InlineRequests {
    /// What to do with a part that was read.
    enum Action {
        /// Nothing: more of the request is to come.
        case wait
        /// Hand it to the handlers behind.
        case passOn
        /// The request is whole.
        case answer(RequestTarget, HTTPRequest, body: ByteBuffer)
    }

    private enum Reading {
        case nothing
        case gathering(RequestTarget, HTTPRequest, ByteBuffer)
        case passing
    }

    private let maximumBodyBytes: Int
    private var reading = Reading.nothing
    private var unansweredCount = 0

    /// - Parameter maximumBodyBytes: the longest body that is gathered.
    init(maximumBodyBytes: Int) { self.maximumBodyBytes = maximumBodyBytes }

    /// Whether part of a request has been gathered.
    var isGathering: Bool { if case .gathering = reading { true } else { false } }

    /// A part of a request was read.
    mutating func read(_ part: HTTPRequestPart) -> Action {
        switch (part, reading) {
        case (.head(let head), _): return begin(head)
        case (.body(var bytes), .gathering(let target, let head, var body)):
            // The enum lets go of the buffer first, or else appending to it would copy it.
            reading = .nothing
            if body.readableBytes == 0 { body = bytes } else { body.writeBuffer(&bytes) }
            reading = .gathering(target, head, body)
            return .wait
        case (.end, .gathering(let target, let head, let body)):
            reading = .nothing
            return .answer(target, head, body: body)
        case (.end, _):
            reading = .nothing
            return .passOn
        case (.body, _): return .passOn
        }
    }

    /// The last part of the answer to a request that was passed on was written.
    mutating func answeredPassedOn() { unansweredCount -= 1 }

    private mutating func begin(_ head: HTTPRequest) -> Action {
        if unansweredCount == 0, isSmall(head), let target = RequestTarget(head.path ?? ""), target.isInline {
            reading = .gathering(target, head, ByteBuffer())
            return .wait
        }
        unansweredCount += 1
        reading = .passing
        return .passOn
    }

    /// Whether the head announces a short body, and asks for nothing else of the connection.
    private func isSmall(_ head: HTTPRequest) -> Bool {
        guard head.method == .post, head.headerFields[.contentEncoding] == nil else { return false }
        let fields = head.headerFields
        guard let length = fields[.contentLength].flatMap({ Int($0) }), length <= maximumBodyBytes else { return false }
        let connection = fields[.connection]
        return (connection == nil || connection == "keep-alive" || connection == "Keep-Alive") && fields[.expect] == nil
    }
}
