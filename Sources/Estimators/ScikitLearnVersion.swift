/// A scikit-learn release, as far as its stored state depends on it.
public struct ScikitLearnVersion: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The first number.
    public let major: Int
    /// The second number.
    public let minor: Int
    /// The version as stored, e.g. `1.5.2`.
    public let description: String

    /// The release that Apus writes models of: the one whose fits it repeats, and whose rules for missing values and
    /// for what tree nodes hold its own models therefore follow.
    ///
    /// scikit-learn 1.3 to 1.9 loads what is written; another release than this says so in an
    /// `InconsistentVersionWarning`. Whoever serves with another one, as KServe's own server does with 1.5, names that
    /// release in ``FitRecord/version``.
    public static let written = ScikitLearnVersion(major: 1, minor: 9, description: "1.9.1")

    /// Reads `MAJOR.MINOR…`; nil for anything else.
    public init?(_ text: String) {
        let parts = text.split(separator: ".", maxSplits: 2)
        guard parts.count >= 2, let major = Int(parts[0]), let minor = Int(parts[1].prefix(while: \.isWholeNumber))
        else { return nil }
        self.major = major
        self.minor = minor
        description = text
    }

    init(major: Int, minor: Int, description: String) {
        self.major = major
        self.minor = minor
        self.description = description
    }

    /// Whether this is release `major.minor` or a later one.
    public func isAtLeast(_ major: Int, _ minor: Int) -> Bool { (self.major, self.minor) >= (major, minor) }

    /// Orders by major, then minor number.
    public static func < (left: Self, right: Self) -> Bool { (left.major, left.minor) < (right.major, right.minor) }
}
