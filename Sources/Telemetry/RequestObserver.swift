package import Serving
package import ServiceLifecycle

/// Tells the logs and the traces that are wanted of each exchange; it never makes a request wait.
package final class RequestObserver: Sendable {
    /// A body, and what it is.
    package struct Body: Sendable {
        let bytes: [UInt8]
        let contentType: String?

        package init(bytes: [UInt8], contentType: String?) {
            self.bytes = bytes
            self.contentType = contentType
        }
    }

    private let payloads: PayloadLog?
    private let accessLog: AccessLog?
    private let slowRequests: SlowRequestLog?
    private let tracer: RequestTracer?

    /// An observer; nil if nothing is to be told.
    package init?(
        payloads: PayloadLog? = nil, accessLog: AccessLog? = nil, slowRequests: SlowRequestLog? = nil,
        tracer: RequestTracer? = nil
    ) {
        guard payloads != nil || accessLog != nil || slowRequests != nil || tracer != nil else { return nil }
        self.payloads = payloads
        self.accessLog = accessLog
        self.slowRequests = slowRequests
        self.tracer = tracer
    }

    /// What writes and sends what is told.
    package var services: [any Service] {
        [payloads?.service, accessLog?.service, tracer?.service].compactMap(\.self)
    }

    /// What has become of it.
    package var readings: [MetricsPage.Reading] {
        (payloads?.readings ?? []) + (accessLog?.readings ?? []) + (tracer?.readings ?? [])
    }

    /// Tells of an exchange.
    ///
    /// - Parameters:
    ///   - field: the value of a field of the request, by its name in lower case.
    ///   - bodies: of a prediction, the request's body and the answer's; asked for only if they are logged.
    package func observe(
        _ exchange: Exchange, field: (String) -> String?, bodies: (() -> (request: Body, answer: Body))? = nil
    ) {
        let trace = tracer?.trace(exchange, field: field)
        accessLog?.log(exchange, trace)
        slowRequests?.log(exchange, trace)
        if let payloads, let bodies { payloads.log(exchange, field: field, bodies: bodies) }
    }
}
