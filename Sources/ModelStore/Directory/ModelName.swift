/// The name of a model: safe as the name of a folder, in a URL and in a label.
public struct ModelName: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The longest name, in characters.
    public static let maximumLength = 200

    /// The name itself.
    public let text: String

    /// A name of 1 to 200 letters (A-Z, a-z), digits, `.`, `_` and `-`, of which the first is a letter or a digit.
    ///
    /// - Throws: ``StoreError/Code/invalidName`` that says the rule.
    public init(_ text: String) throws(StoreError) {
        guard let first = text.utf8.first, text.utf8.count <= Self.maximumLength, Self.isAlphanumeric(first),
            text.utf8.allSatisfy({ Self.isAlphanumeric($0) || Self.marks.contains($0) })
        else {
            throw StoreError(
                .invalidName,
                """
                \(Self.shown(text)) cannot be the name of a model: a name has 1 to \(Self.maximumLength) letters (A-Z, \
                a-z), digits, '.', '_' or '-', and starts with a letter or a digit
                """
            )
        }
        self.text = text
    }

    /// The name.
    public var description: String { text }

    /// By the names' bytes.
    public static func < (left: Self, right: Self) -> Bool { left.text < right.text }

    private static let marks = Array("._-".utf8)

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default: false
        }
    }

    /// A text in quotes, with nothing in it that could harm a terminal, and no longer than a line.
    private static func shown(_ text: String) -> String {
        text.count > 60 ? "\(String(text.prefix(60)).debugDescription)…" : text.debugDescription
    }
}
