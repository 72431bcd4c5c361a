import FoundationEssentials

/// Where a predictor answers, and how it is asked.
package struct PredictorEndpoint: Sendable {
    let url: String
    let transport: any APITransport

    /// - Parameters:
    ///   - url: the predictor's, e.g. `http://anomaly-detector-predictor.models.svc:8080`; what comes behind it is
    ///     `/v1/models/<model>`.
    ///   - model: the name of the model, which is that of the InferenceService as a rule.
    ///   - transport: makes the requests; they carry no token.
    package init(url: String, model: String, transport: any APITransport) {
        let base = url.hasSuffix("/") ? String(url.dropLast()) : url
        self.url = "\(base)/v1/models/\(model)"
        self.transport = transport
    }

    /// Whether an answer says that the model is ready.
    static func isReady(_ answer: APIAnswer) -> Bool {
        (try? JSONDecoder().decode(ModelStatus.self, from: Data(answer.body)))?.isReady == true
    }
}

/// What a server says of a model: `"ready": true`, or `"ready": "True"` in older versions of KServe's.
private struct ModelStatus: Decodable {
    let isReady: Bool

    enum Key: String, CodingKey { case ready }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        if let flag = try? values.decode(Bool.self, forKey: .ready) {
            isReady = flag
        } else {
            isReady = try values.decode(String.self, forKey: .ready).lowercased() == "true"
        }
    }
}
