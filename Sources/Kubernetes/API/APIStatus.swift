import FoundationEssentials
import Outbound

/// What the API server says when it does not do something (`meta/v1 Status`).
struct APIStatus: Decodable {
    let message: String?
    let reason: String?

    /// The server's own words in an answer; nil if there are none.
    static func words(_ answer: APIAnswer) -> String? {
        guard let status = try? JSONDecoder().decode(APIStatus.self, from: Data(answer.body)) else { return nil }
        guard let text = status.message ?? status.reason, !text.isEmpty else { return nil }
        return PrintableText.line(text)
    }
}

extension KubernetesError {
    /// What an answer other than 2xx says about an operation.
    init(_ answer: APIAnswer, _ operation: APIOperation) {
        let words = APIStatus.words(answer)
        let reply = words.map { " (\($0))" } ?? ""
        switch answer.status {
        case 401:
            self.init(.unauthorized, "the API server does not accept the service account's token\(reply)")
        case 403:
            self.init(
                .forbidden,
                """
                the service account may not \(operation.verb.rawValue) \(operation.object); its Role needs the rule \
                \(operation.rule)\(reply)
                """)
        case 404: self.init(.notFound, "there is no such thing as \(operation.object)\(reply)")
        case 409: self.init(.conflict, "\(operation.object): it has changed meanwhile\(reply)")
        case 410: self.init(.gone, "\(operation.object): the rest of the list is no longer to be had\(reply)")
        case 429, 500, 502, 503, 504:
            self.init(.unreachable, "the API server could not \(operation.verb.rawValue) \(operation.object)\(reply)")
        default:
            self.init(
                .refused,
                "the API server answered \(answer.status) to \(operation.verb.rawValue) \(operation.object)\(reply)")
        }
    }

    init(_ error: OutboundError) {
        switch error.code {
        case .cancelled: self.init(.cancelled, error.message)
        case .untrusted, .invalid: self.init(.refused, error.message)
        default: self.init(.unreachable, error.message)
        }
    }
}
