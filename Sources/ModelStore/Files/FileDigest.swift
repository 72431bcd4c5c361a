import Crypto

/// The size and the checksum of a file's content.
package struct FileDigest: Hashable {
    /// Bytes.
    package let size: Int
    /// The SHA-256 in hexadecimal digits, lower case.
    package let sha256: String
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

extension FileDigest {
    /// Of bytes.
    init(_ bytes: [UInt8]) {
        var accumulator = DigestAccumulator()
        accumulator.add(bytes[...])
        self = accumulator.digest
    }
}
