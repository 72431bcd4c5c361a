import Crypto
import ModelStore

/// What a content should add up to, as its source says.
enum ExpectedDigest: Hashable, Sendable {
    /// The SHA-256 of the content.
    case sha256(String)
    /// The MD5 of the content, as entity tags of S3 are; it finds damage, not a forger.
    case md5(String)
    /// The MD5 of the MD5s of parts of a size, the last of which may be smaller.
    case md5OfParts(String, partBytes: Int)

    /// A SHA-256; nil unless it is 64 hexadecimal digits.
    init?(sha256: String) {
        guard Self.isHex(sha256, count: 64) else { return nil }
        self = .sha256(sha256.lowercased())
    }

    /// An MD5; nil unless it is 32 hexadecimal digits.
    init?(md5: String) {
        guard Self.isHex(md5, count: 32) else { return nil }
        self = .md5(md5.lowercased())
    }

    /// The MD5 of the MD5s of parts; nil if the parts cannot be of the size.
    init?(md5: String, ofParts count: Int, partBytes: Int, size: Int) {
        guard Self.isHex(md5, count: 32), partBytes > 0, (size + partBytes - 1) / partBytes == count else { return nil }
        self = .md5OfParts(md5.lowercased(), partBytes: partBytes)
    }

    private static func isHex(_ text: String, count: Int) -> Bool {
        text.utf8.count == count && text.allSatisfy { $0.isASCII && $0.isHexDigit }
    }
}

/// Adds up a content that passes by in order, in the way its source does.
struct DigestCheck {
    private let expected: ExpectedDigest
    private var sha256 = SHA256()
    private var md5 = Insecure.MD5()
    private var md5OfParts = Insecure.MD5()
    /// The bytes of the part that is being added.
    private var partSize = 0

    init(_ expected: ExpectedDigest) { self.expected = expected }

    mutating func add(_ bytes: ArraySlice<UInt8>) {
        switch expected {
        case .sha256: sha256.update(data: bytes)
        case .md5: md5.update(data: bytes)
        case .md5OfParts(_, let partBytes):
            var rest = bytes
            while !rest.isEmpty {
                let piece = rest.prefix(partBytes - partSize)
                md5.update(data: piece)
                partSize += piece.count
                rest = rest.dropFirst(piece.count)
                if partSize == partBytes { endPart() }
            }
        }
    }

    /// Whether all that was added is what was expected.
    mutating func isMet() -> Bool {
        switch expected {
        case .sha256(let text): return SignatureV4.hex(sha256.finalize()) == text
        case .md5(let text): return SignatureV4.hex(md5.finalize()) == text
        case .md5OfParts(let text, _):
            if partSize > 0 { endPart() }
            return SignatureV4.hex(md5OfParts.finalize()) == text
        }
    }

    private mutating func endPart() {
        md5OfParts.update(data: Array(md5.finalize()))
        md5 = Insecure.MD5()
        partSize = 0
    }
}
