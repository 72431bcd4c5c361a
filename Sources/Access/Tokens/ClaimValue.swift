/// The value of a claim (RFC 7519, section 4), as far as it can matter here.
enum ClaimValue: Decodable {
    case text(String)
    case number(Double)
    case list([ClaimValue])
    case members([String: ClaimValue])
    /// True, false or null.
    case other

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else if let list = try? container.decode([ClaimValue].self) {
            self = .list(list)
        } else if let members = try? container.decode([String: ClaimValue].self) {
            self = .members(members)
        } else {
            self = .other
        }
    }

    /// The text, or the texts of the list.
    var texts: [String] {
        switch self {
        case .text(let text): [text]
        case .list(let values): values.compactMap { if case .text(let text) = $0 { text } else { nil } }
        default: []
        }
    }

    /// The words of a list, or of a text with spaces or commas between (`scope` of RFC 8693, section 4.2).
    var words: [Substring] { texts.flatMap { $0.split { $0 == " " || $0 == "," } } }
}

extension [String: ClaimValue] {
    /// The claim of a name, or of a path of names with points between.
    func claim(at path: String) -> ClaimValue? {
        if let value = self[path] { return value }
        let names = path.split(separator: ".", maxSplits: 1).map(String.init)
        guard names.count == 2, case .members(let members) = self[names[0]] else { return nil }
        return members.claim(at: names[1])
    }

    /// A time, in seconds since 1970 (`NumericDate`).
    func time(_ name: String) throws(TokenRefusal) -> Double? {
        switch self[name] {
        case nil: return nil
        case .number(let seconds) where seconds.isFinite: return seconds
        default: throw .malformed
        }
    }

    func text(_ name: String) -> String? {
        if case .text(let text) = self[name] { text } else { nil }
    }
}
