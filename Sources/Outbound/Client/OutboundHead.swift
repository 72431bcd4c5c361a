import FoundationEssentials
import NIOHTTP1

/// What comes before the body of an answer.
package struct OutboundHead: Sendable {
    /// The status, e.g. 200.
    package let status: Int
    /// What was asked, as people may see it.
    package let request: String
    private let reason: String
    private let headers: HTTPHeaders

    init(_ status: HTTPResponseStatus, _ headers: HTTPHeaders, of request: OutboundRequest) {
        self.status = Int(status.code)
        self.headers = headers
        self.request = request.description
        reason = status.reasonPhrase
    }

    /// The value of a header, in whatever case its name is; the first one, if there are several.
    package func header(_ name: String) -> String? { headers.first(name: name) }

    /// The length of the body, if the server says it; bytes.
    package var contentLength: Int? { header("Content-Length").flatMap { Int($0) } }

    /// The server's clock, in seconds since 1970, if it tells.
    package var date: Double? { header("Date").flatMap(HTTPDate.seconds) }

    /// How long the server asks to wait (RFC 9110, section 10.2.3).
    var retryAfter: Duration? {
        guard let text = header("Retry-After") else { return nil }
        if let seconds = Int(text) { return seconds >= 0 ? .seconds(min(seconds, 1 << 40)) : nil }
        guard let date = HTTPDate.seconds(text) else { return nil }
        return .seconds(max(0, date - (self.date ?? Date.now.timeIntervalSince1970)))
    }

    /// Refuses an answer that is not 2xx.
    ///
    /// - Throws: ``OutboundError/Code/rejected``.
    package func requireSuccess() throws(OutboundError) {
        guard !(200...299 ~= status) else { return }
        throw OutboundError(.rejected, "\(request): the server answered \(status) \(reason)")
    }
}

/// What a request brings.
protocol OutboundResult { var head: OutboundHead { get } }

/// A whole answer.
package struct OutboundAnswer: Sendable, OutboundResult {
    /// The status and headers.
    package let head: OutboundHead
    /// The body.
    package let body: [UInt8]
}
