public import ModelStore

/// Where a model is that does not lie in a store's folder.
///
/// | form | is |
/// |---|---|
/// | `s3://bucket/prefix` | an object, or all objects below a prefix |
/// | `https://host/model.pkl` | one file |
/// | `file:///path` | a file or a folder |
/// | `models:/name/3`, `/Production`, `/latest`, `models:/name@alias` | a version in MLflow's registry |
/// | `models:/m-<id>` | a model that MLflow 3 logged |
/// | `runs:/id/path` | a model among the artefacts of an MLflow run |
public enum ModelURI: Hashable, Sendable, CustomStringConvertible {
    /// Which version of a registered model.
    public enum Selector: Hashable, Sendable {
        /// A number.
        case version(Int)
        /// The newest version in a stage: `Staging`, `Production`, `Archived` or `None`.
        case stage(String)
        /// The version with an alias.
        case alias(String)
        /// The newest one.
        case latest
    }

    /// A file or a folder of this machine.
    case file(path: String)
    /// An object of an S3 bucket, or what lies below a prefix; the key has no slash at its ends.
    case s3(bucket: String, key: String)
    /// A file on a web server.
    case web(String)
    /// A version of a model in MLflow's registry.
    case registered(name: String, Selector)
    /// A model that MLflow logged, by its id.
    case logged(id: String)
    /// A model among the artefacts of an MLflow run.
    case run(id: String, path: String)

    /// Whether a text is meant as a URI, of whatever scheme, and not as a path.
    public static func isURI(_ text: String) -> Bool {
        let scheme = text.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || "+-.".contains($0)) }
        return scheme.count > 1 && scheme.first?.isLetter == true && text.dropFirst(scheme.count).hasPrefix(":/")
    }

    /// Reads a URI.
    ///
    /// - Throws: ``ModelStore/StoreError/Code/unsupported`` for another scheme,
    ///   ``ModelStore/StoreError/Code/refused`` for one that names nothing.
    public init(_ text: String) throws(StoreError) {
        let scheme = text.prefix { $0 != ":" }.lowercased()
        let rest = text.dropFirst(scheme.count + 1)
        switch scheme {
        case "s3": self = try Self.s3(rest, text)
        case "http", "https": self = .web(text)
        case "file": self = try Self.file(rest, text)
        case "models": self = try Self.model(rest, text)
        case "runs": self = try Self.run(rest, text)
        case "pvc":
            throw StoreError(.unsupported, "\(Self.shown(text)): mount the volume claim and name the path in it")
        default:
            throw StoreError(
                .unsupported,
                "\(Self.shown(text)): Apus reads s3://, https://, http://, file://, models:/ and runs:/ URIs")
        }
    }

    /// The URI, without what may be secret in one: a password or a query.
    public var description: String {
        switch self {
        case .file(let path): "file://\(path)"
        case .s3(let bucket, let key): key.isEmpty ? "s3://\(bucket)" : "s3://\(bucket)/\(key)"
        case .web(let url): Self.withoutSecrets(url)
        case .registered(let name, .version(let number)): "models:/\(name)/\(number)"
        case .registered(let name, .stage(let stage)): "models:/\(name)/\(stage)"
        case .registered(let name, .alias(let alias)): "models:/\(name)@\(alias)"
        case .registered(let name, .latest): "models:/\(name)/latest"
        case .logged(let id): "models:/\(id)"
        case .run(let id, let path): "runs:/\(id)/\(path)"
        }
    }

    /// What the model is called unless it is given a name: the last part of the URI that tells models apart.
    public var modelName: String {
        switch self {
        case .registered(let name, _): name
        case .logged(let id): id
        case .file(let path): Self.name(path)
        case .s3(let bucket, let key): key.isEmpty ? bucket : Self.name(key)
        case .web(let url): Self.name(String(url.prefix { $0 != "?" && $0 != "#" }))
        case .run(let id, let path): path.isEmpty ? id : Self.name(path)
        }
    }

    /// A URI of S3 or a folder, for what lies below it.
    func appending(_ path: String) -> ModelURI {
        switch self {
        case .file(let folder): .file(path: "\(folder)/\(path)")
        case .s3(let bucket, let key): .s3(bucket: bucket, key: key.isEmpty ? path : "\(key)/\(path)")
        default: self
        }
    }

    /// As of a local path: a file with a usual name is called after the folder around it.
    private static func name(_ path: String) -> String {
        let parts = path.split(separator: "/")
        guard let last = parts.last.map(String.init) else { return "model" }
        guard StoreLayout.isModelFile(last) else { return last }
        if StoreLayout.preferredFiles.contains(last), parts.count > 1 { return String(parts[parts.count - 2]) }
        return String(last[..<(last.lastIndex(of: ".") ?? last.endIndex)])
    }
}

extension ModelURI {
    private static func s3(_ rest: Substring, _ text: String) throws(StoreError) -> ModelURI {
        let parts = rest.drop { $0 == "/" }.split(separator: "/", maxSplits: 1)
        let bucket = parts.first.map(String.init) ?? ""
        // Stores other than Amazon's are less strict than Amazon's rules; nothing else is safe in a URL's host.
        guard rest.hasPrefix("//"), !rest.hasPrefix("///"), 1...255 ~= bucket.utf8.count,
            bucket.utf8.allSatisfy({ isAlphanumeric($0) || "._-".utf8.contains($0) }), bucket.first != "."
        else { throw StoreError(.refused, "\(shown(text)) names no bucket, as in s3://bucket/prefix") }
        let key = parts.count > 1 ? parts[1].drop { $0 == "/" } : ""
        return .s3(bucket: bucket, key: String(key.reversed().drop { $0 == "/" }.reversed()))
    }

    private static func file(_ rest: Substring, _ text: String) throws(StoreError) -> ModelURI {
        let place = rest.hasPrefix("//") ? rest.dropFirst(2) : rest
        let path = place.hasPrefix("localhost/") ? place.dropFirst(9) : place
        guard path.hasPrefix("/"), let decoded = PercentEncoding.decode(String(path)), !decoded.contains("\0") else {
            throw StoreError(.refused, "\(shown(text)) names no absolute path, as in file:///models/forest")
        }
        return .file(path: decoded)
    }

    private static func model(_ rest: Substring, _ text: String) throws(StoreError) -> ModelURI {
        let parts = rest.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        let refusal = StoreError(
            .refused,
            "\(shown(text)) names no model: use models:/name/3, models:/name/Production or models:/name@alias")
        guard rest.hasPrefix("/"), 1...2 ~= parts.count, parts.allSatisfy({ !$0.isEmpty }) else { throw refusal }
        if parts.count == 2 {
            if parts[1] == "latest" { return .registered(name: parts[0], .latest) }
            let isNumber = parts[1].allSatisfy(\.isNumber)
            guard isNumber else { return .registered(name: parts[0], .stage(parts[1])) }
            guard let number = Int(parts[1]), number > 0 else { throw refusal }
            return .registered(name: parts[0], .version(number))
        }
        if let at = parts[0].lastIndex(of: "@") {
            let (name, alias) = (parts[0][..<at], parts[0][parts[0].index(after: at)...])
            guard !name.isEmpty, !alias.isEmpty else { throw refusal }
            return .registered(name: String(name), .alias(String(alias)))
        }
        guard parts[0].hasPrefix("m-"), parts[0].count > 2 else { throw refusal }
        return .logged(id: parts[0])
    }

    private static func run(_ rest: Substring, _ text: String) throws(StoreError) -> ModelURI {
        let parts = rest.split(separator: "/", omittingEmptySubsequences: true)
        guard rest.hasPrefix("/"), !rest.hasPrefix("//"), parts.count > 1,
            parts[0].utf8.allSatisfy({ isAlphanumeric($0) || $0 == UInt8(ascii: "-") }), !parts.contains("..")
        else { throw StoreError(.refused, "\(shown(text)) names no artefact of a run, as in runs:/<run id>/model") }
        return .run(id: String(parts[0]), path: parts.dropFirst().joined(separator: "/"))
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default: false
        }
    }

    private static func withoutSecrets(_ url: String) -> String {
        let place = url.prefix { $0 != "?" && $0 != "#" }
        guard let start = place.firstRange(of: "://")?.upperBound else { return String(place) }
        let host = place[start...].prefix { $0 != "/" }
        guard let at = host.lastIndex(of: "@") else { return String(place) }
        return "\(place[..<start])\(place[place.index(after: at)...])"
    }

    /// A text in quotes, with nothing in it that could harm a terminal, and no longer than a line.
    private static func shown(_ text: String) -> String {
        let safe = withoutSecrets(text)
        return safe.count > 100 ? "\(String(safe.prefix(100)).debugDescription)…" : safe.debugDescription
    }
}
