import Crypto

/// The size and the checksum of a file's content.
struct FileDigest: Hashable {
    /// Bytes.
    let size: Int
    /// The SHA-256 in hexadecimal digits, lower case.
    let sha256: String
}

/// Adds up a content that passes by in parts.
struct DigestAccumulator {
    private var hash = SHA256()
    private var size = 0

    mutating func add(_ bytes: ArraySlice<UInt8>) {
        hash.update(data: bytes)
        size += bytes.count
    }

    /// The digest of all that was added.
    var digest: FileDigest {
        FileDigest(size: size, sha256: hash.finalize().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined())
    }
}
