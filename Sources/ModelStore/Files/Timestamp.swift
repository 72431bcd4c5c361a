import FoundationEssentials

/// A moment, as file systems count them.
public struct Timestamp: Hashable, Sendable, Comparable {
    /// Seconds since 1970.
    public let seconds: Int
    /// Nanoseconds of the second.
    public let nanoseconds: Int

    /// The moment as metadata tells it: ISO 8601 in UTC, e.g. `2026-11-21T10:35:12Z`.
    public var iso8601: String { Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601) }

    /// The earlier one first.
    public static func < (left: Self, right: Self) -> Bool {
        (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
    }
}
