package import Outbound
package import Tensors

/// Asks a Prometheus server, or what answers in its place such as Thanos, for values of the past.
package struct PrometheusClient: Sendable {
    private let base: OutboundRequest
    private let credentials: PrometheusCredentials
    private let client: OutboundClient

    /// A client of the server whose API is below a URL.
    ///
    /// - Parameters:
    ///   - url: e.g. `https://prometheus-k8s.openshift-monitoring.svc:9091`; it may have a path.
    ///   - credentials: how the server knows who asks.
    ///   - client: makes the requests, and makes them again, as its settings say.
    /// - Throws: ``DataSourceError/Code/invalid`` for what is no URL.
    package init(
        url: String, credentials: PrometheusCredentials = .none, client: OutboundClient
    ) throws(DataSourceError) {
        var url = url[...]
        while url.last == "/" { url = url.dropLast() }
        do throws(OutboundError) {
            var request = try OutboundRequest(.post, "\(url)/api/v1/query_range")
            request.headers["Content-Type"] = "application/x-www-form-urlencoded"
            // It is a POST because queries can be longer than a URL may be; it changes nothing.
            request.isRepeatable = true
            base = request
        } catch { throw DataSourceError(error) }
        self.credentials = credentials
        self.client = client
    }

    /// The values of a query that makes one series, at the moments of a grid; or Prometheus's refusal of the query.
    ///
    /// - Throws: ``DataSourceError`` if the server does not answer as Prometheus does.
    package func answer(to query: String, on grid: TimeGrid) async throws(DataSourceError) -> PrometheusAnswer {
        var request = base
        request.body = Array(form(query, grid).utf8)
        try credentials.authorize(&request)
        let answer: OutboundAnswer
        do throws(OutboundError) { answer = try await client.answer(to: request) } catch {
            throw DataSourceError(error)
        }
        return try Self.read(answer, on: grid)
    }

    private func form(_ query: String, _ grid: TimeGrid) -> String {
        let fields = [
            ("query", query), ("start", "\(grid.start)"), ("end", "\(grid.time(grid.count - 1))"),
            ("step", "\(grid.step)"),
            // The server need not work on when nobody waits any more.
            ("timeout", "\(client.settings.answerTimeout.components.seconds)s"),
        ]
        return fields.map { "\($0)=\(Self.percentEncoded($1))" }.joined(separator: "&")
    }

    /// Everything encoded but what RFC 3986, section 2.3 calls unreserved.
    private static func percentEncoded(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF")
        var encoded = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            default: encoded += ["%", digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return encoded
    }

    /// Makes an answer of a status and a body: only Prometheus's own words are its answer.
    private static func read(_ answer: OutboundAnswer, on grid: TimeGrid) throws(DataSourceError) -> PrometheusAnswer {
        let status = answer.head.status
        do throws(DataSourceError) {
            let read = try PrometheusAnswer(answer.body.span, on: grid)
            if case .failure = read, status == 401 || status == 403 { throw refused(answer, .denied) }
            return read
        } catch {
            switch status {
            case 200..<300: throw DataSourceError(error.code, "\(answer.head.request): \(error.message)")
            case 401, 403: throw refused(answer, .denied)
            default: throw refused(answer, .unavailable)
            }
        }
    }

    private static func refused(_ answer: OutboundAnswer, _ code: DataSourceError.Code) -> DataSourceError {
        let text = String(decoding: answer.body.prefix(200), as: UTF8.self)
        let shown = text.isEmpty ? "" : ": \(text.debugDescription)"
        return DataSourceError(code, "\(answer.head.request): status \(answer.head.status)\(shown)")
    }
}

extension DataSourceError {
    /// A request that came to nothing.
    init(_ error: OutboundError) {
        let code: Code =
            switch error.code {
            case .invalid: .invalid
            case .tooLong: .tooMuch
            case .cancelled: .cancelled
            default: .unavailable
            }
        self.init(code, error.message)
    }
}
