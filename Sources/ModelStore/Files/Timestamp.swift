import FoundationEssentials

/// A moment, as file systems count them.
public struct Timestamp: Hashable, Sendable, Comparable {
    /// Seconds since 1970.
    public let seconds: Int
    /// Nanoseconds of the second.
    public let nanoseconds: Int

    /// Seconds since 1970 and nanoseconds.
    package init(seconds: Int, nanoseconds: Int = 0) {
        self.seconds = seconds
        self.nanoseconds = nanoseconds
    }

    /// Now.
    package static var now: Timestamp { Timestamp(seconds: Int(Date.now.timeIntervalSince1970), nanoseconds: 0) }

    /// The moment as metadata tells it: ISO 8601 in UTC, e.g. `2026-11-21T10:35:12Z`.
    public var iso8601: String {
        // A clock that is wrong by centuries is told as the end of the century that it is wrong by.
        let seconds = min(max(seconds, -2_208_988_800), 4_102_444_799)
        return Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601)
    }

    /// The earlier one first.
    public static func < (left: Self, right: Self) -> Bool {
        (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
    }
}
