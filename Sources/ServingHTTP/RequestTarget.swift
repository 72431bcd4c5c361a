import Serving

/// What a request asks for, by its path.
enum RequestTarget: Hashable {
    /// `/`: the process lives.
    case root
    /// `/health` and `/health/live`.
    case liveness
    /// `/ready` and `/health/ready`.
    case readiness
    /// `/metrics`.
    case metrics
    /// `/openapi.json`.
    case openAPI
    /// `/v1/models`.
    case models
    /// `/v1/models/{name}`.
    case model(String)
    /// `/v1/models/{name}:predict`.
    case predict(String)
    /// `/v1/models/{name}:explain`.
    case explain(String)
    /// `/v2`.
    case serverMetadata
    /// `/v2/health/live`.
    case serverLive
    /// `/v2/health/ready`.
    case serverReady
    /// `/v2/models`.
    case inferenceModels
    /// `/v2/models/{name}` and `/v2/models/{name}/versions/{version}`.
    case modelMetadata(String, version: String?)
    /// The same, and `/ready`.
    case modelReady(String, version: String?)
    /// The same, and `/infer`.
    case infer(String, version: String?)
    /// `/v2/repository/index`.
    case repositoryIndex
    /// `/v2/repository/models/{name}/load`.
    case load(String)
    /// `/v2/repository/models/{name}/unload`.
    case unload(String)

    private static let modelsPath = "/v1/models"
    private static let inferencePath = "/v2/models/"
    private static let repositoryPath = "/v2/repository/models/"

    /// Reads the target of a request; nil if the server has nothing there.
    ///
    /// - Parameter target: path and query as the client sent them. What follows a `?` is ignored.
    init?(_ target: String) {
        let path = target.utf8.firstIndex(of: UInt8(ascii: "?")).map { target[..<$0] } ?? target[...]
        if path.utf8.count > Self.modelsPath.utf8.count, path.utf8.starts(with: Self.modelsPath.utf8) {
            let rest = path.utf8.dropFirst(Self.modelsPath.utf8.count)
            guard rest.first == UInt8(ascii: "/") else { return nil }
            self.init(model: Substring(rest.dropFirst()))
            return
        }
        if path.utf8.starts(with: Self.inferencePath.utf8) {
            self.init(inference: Substring(path.utf8.dropFirst(Self.inferencePath.utf8.count)))
            return
        }
        if path.utf8.starts(with: Self.repositoryPath.utf8) {
            self.init(repository: Substring(path.utf8.dropFirst(Self.repositoryPath.utf8.count)))
            return
        }
        switch path {
        case "/v2": self = .serverMetadata
        case "/v2/health/live": self = .serverLive
        case "/v2/health/ready": self = .serverReady
        case "/v2/models": self = .inferenceModels
        case "/v2/repository/index": self = .repositoryIndex
        case "/": self = .root
        case Self.modelsPath[...]: self = .models
        case "/health", "/health/live": self = .liveness
        case "/ready", "/health/ready": self = .readiness
        case "/metrics": self = .metrics
        case "/openapi.json": self = .openAPI
        default: return nil
        }
    }

    /// Reads `{name}` or `{name}:{verb}`.
    private init?(model segment: Substring) {
        guard !segment.utf8.contains(UInt8(ascii: "/")) else { return nil }
        let verb = segment.utf8.lastIndex(of: UInt8(ascii: ":"))
        let encoded = verb.map { segment[..<$0] } ?? segment
        guard !encoded.isEmpty, let name = Self.percentDecoded(encoded) else { return nil }
        guard let verb else {
            self = .model(name)
            return
        }
        switch segment[segment.utf8.index(after: verb)...] {
        case "predict": self = .predict(name)
        case "explain": self = .explain(name)
        default: return nil
        }
    }

    /// Reads `{name}`, perhaps `/versions/{version}`, and perhaps `/ready` or `/infer`.
    private init?(inference path: Substring) {
        var segments = path.split(separator: "/", omittingEmptySubsequences: false)[...]
        guard let encoded = segments.popFirst(), !encoded.isEmpty, let name = Self.percentDecoded(encoded) else {
            return nil
        }
        var version: String?
        if segments.count >= 2, segments.first == "versions" {
            guard let decoded = Self.percentDecoded(segments[segments.startIndex + 1]), !decoded.isEmpty else {
                return nil
            }
            version = decoded
            segments = segments.dropFirst(2)
        }
        switch (segments.count, segments.first) {
        case (0, _): self = .modelMetadata(name, version: version)
        case (1, "ready"): self = .modelReady(name, version: version)
        case (1, "infer"): self = .infer(name, version: version)
        default: return nil
        }
    }

    /// Reads `{name}/load` or `{name}/unload`.
    private init?(repository path: Substring) {
        let segments = path.split(separator: "/", omittingEmptySubsequences: false)
        guard segments.count == 2, !segments[0].isEmpty, let name = Self.percentDecoded(segments[0]) else { return nil }
        switch segments[1] {
        case "load": self = .load(name)
        case "unload": self = .unload(name)
        default: return nil
        }
    }

    /// A path segment without its percent encoding; nil if that is not UTF-8 (RFC 3986, section 2.1).
    private static func percentDecoded(_ segment: Substring) -> String? {
        guard segment.utf8.contains(UInt8(ascii: "%")) else { return String(segment) }
        var bytes: [UInt8] = []
        var rest = segment.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            let digits = rest.prefix(2)
            guard digits.count == 2, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
                let decoded = UInt8(Substring(digits), radix: 16)
            else { return nil }
            bytes.append(decoded)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }

    /// The description of what is there.
    var served: ServedRoute {
        switch self {
        case .root: .root
        case .liveness: .liveness
        case .readiness: .readiness
        case .metrics: .metrics
        case .openAPI: .openAPI
        case .models: .models
        case .model: .model
        case .predict: .predict
        case .explain: .explain
        case .serverMetadata: .serverMetadata
        case .serverLive: .serverLive
        case .serverReady: .serverReady
        case .inferenceModels: .inferenceModels
        case .modelMetadata(_, let version): version == nil ? .modelMetadata : .versionMetadata
        case .modelReady(_, let version): version == nil ? .modelReady : .versionReady
        case .infer(_, let version): version == nil ? .modelInfer : .versionInfer
        case .repositoryIndex: .repositoryIndex
        case .load: .repositoryLoad
        case .unload: .repositoryUnload
        }
    }

    /// The one method it is for, besides `HEAD` where that is `GET`.
    var isPost: Bool { served.isPost }

    /// Whether it changes what is served.
    var isAdministrative: Bool {
        switch self {
        case .load, .unload: true
        default: false
        }
    }

    /// What it is counted under.
    var route: ServerMeter.Route {
        switch self {
        case .root, .liveness, .readiness, .serverLive, .serverReady: .health
        case .metrics: .metrics
        case .openAPI: .other
        case .models, .model, .serverMetadata, .inferenceModels, .modelMetadata, .modelReady: .models
        case .predict, .infer: .predict
        case .explain: .explain
        case .repositoryIndex, .load, .unload: .repository
        }
    }
}
