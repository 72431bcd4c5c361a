/// The number of a version of a model: 1, 2, 3 and so on, never used twice.
public struct ModelVersion: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The highest number a version can have.
    public static let maximumNumber = 999_999_999

    /// The number.
    public let number: Int

    /// A version by its number; nil unless that is from 1 to ``maximumNumber``.
    public init?(_ number: Int) {
        guard 1...Self.maximumNumber ~= number else { return nil }
        self.number = number
    }

    /// A version as its folder is called: `v3`, or `3` as other tools write it; nil for every other text.
    public init?(_ text: some StringProtocol) {
        let digits = text.hasPrefix("v") ? text.dropFirst() : text[...]
        guard digits.utf8.count <= 9, digits.utf8.first != UInt8(ascii: "0"),
            digits.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }), let number = Int(digits)
        else { return nil }
        self.init(number)
    }

    /// `v3`.
    public var description: String { "v\(number)" }

    /// By number.
    public static func < (left: Self, right: Self) -> Bool { left.number < right.number }
}
