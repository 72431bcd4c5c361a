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
    /// `/v1/models`.
    case models
    /// `/v1/models/{name}`.
    case model(String)
    /// `/v1/models/{name}:predict`.
    case predict(String)
    /// `/v1/models/{name}:explain`.
    case explain(String)
    /// `/v2/repository/index`.
    case repositoryIndex
    /// `/v2/repository/models/{name}/load`.
    case load(String)
    /// `/v2/repository/models/{name}/unload`.
    case unload(String)

    private static let modelsPath = "/v1/models"
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
        if path.utf8.starts(with: Self.repositoryPath.utf8) {
            self.init(repository: Substring(path.utf8.dropFirst(Self.repositoryPath.utf8.count)))
            return
        }
        switch path {
        case "/v2/repository/index": self = .repositoryIndex
        case "/": self = .root
        case Self.modelsPath[...]: self = .models
        case "/health", "/health/live": self = .liveness
        case "/ready", "/health/ready": self = .readiness
        case "/metrics": self = .metrics
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

    /// The one method it is for, besides `HEAD` where that is `GET`.
    var isPost: Bool {
        switch self {
        case .predict, .explain, .repositoryIndex, .load, .unload: true
        default: false
        }
    }

    /// What it is counted under.
    var route: ServerMeter.Route {
        switch self {
        case .root, .liveness, .readiness: .health
        case .metrics: .metrics
        case .models, .model: .models
        case .predict: .predict
        case .explain: .explain
        case .repositoryIndex, .load, .unload: .repository
        }
    }
}
