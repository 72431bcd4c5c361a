package import Outbound

/// Takes requests to a server and brings its answers, of whatever status.
package protocol APITransport: Sendable {
    /// The answer to a request.
    ///
    /// - Throws: ``OutboundError`` if there is none.
    func answer(to request: OutboundRequest) async throws(OutboundError) -> APIAnswer
}

/// A status and a body.
package struct APIAnswer: Hashable, Sendable {
    /// The status, e.g. 200.
    package let status: Int
    /// The body.
    package let body: [UInt8]

    /// An answer.
    package init(status: Int, body: [UInt8]) {
        self.status = status
        self.body = body
    }
}

extension OutboundClient: APITransport {
    package func answer(to request: OutboundRequest) async throws(OutboundError) -> APIAnswer {
        let answer = try await self.answer(to: request, limit: nil)
        return APIAnswer(status: answer.head.status, body: answer.body)
    }
}
