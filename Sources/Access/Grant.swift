/// What a caller may do, as key files and tokens say it.
public enum Grant: Hashable, Sendable {
    /// Ask what there is: models, their metadata, metrics.
    case read
    /// That, and predictions: of one model, or of all.
    case predict(model: String?)
    /// That, and loading and unloading models.
    case admin

    /// `read`, `predict`, `predict:MODEL` or `admin`; nil for anything else.
    public init?(_ word: some StringProtocol) {
        switch word {
        case "read": self = .read
        case "predict": self = .predict(model: nil)
        case "admin": self = .admin
        default:
            guard word.hasPrefix("predict:"), word.count > "predict:".count else { return nil }
            self = .predict(model: String(word.dropFirst("predict:".count)))
        }
    }
}

/// Who asks.
struct Caller: Hashable, Sendable {
    /// Whose key or token it is, as logs tell it.
    let name: String
    let grants: Set<Grant>

    /// Whether it may do what this grants.
    func may(_ need: Grant) -> Bool {
        switch need {
        case .read: !grants.isEmpty
        case .predict(let model):
            grants.contains(.admin) || grants.contains(.predict(model: nil)) || grants.contains(.predict(model: model))
        case .admin: grants.contains(.admin)
        }
    }
}
