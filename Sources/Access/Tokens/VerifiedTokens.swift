import Crypto

/// Tokens that were found right a while ago, by their digests: judging a signature takes longer than a prediction.
struct VerifiedTokens {
    /// A token's times, in seconds since 1970, and whose it is.
    struct Entry {
        let caller: Caller
        let start: Double
        let end: Double
    }

    /// How many are kept.
    static let maximumCount = 4_096

    private var entries: [SHA256Digest: Entry] = [:]

    subscript(digest: SHA256Digest) -> Entry? { entries[digest] }

    /// Keeps a token, instead of any other if there is no room.
    mutating func insert(_ entry: Entry, _ digest: SHA256Digest) {
        if entries.count >= Self.maximumCount, let first = entries.keys.first { entries[first] = nil }
        entries[digest] = entry
    }

    /// Forgets all, since their keys may not count any more.
    mutating func removeAll() { entries.removeAll() }
}
