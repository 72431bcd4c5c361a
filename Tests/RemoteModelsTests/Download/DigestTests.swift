import Crypto
import Testing

@testable import RemoteModels

@Suite("Checksums of sources")
struct DigestTests {
    private static let bytes = content(1_000)
    private static let sha256 = SignatureV4.sha256(bytes)
    private static let md5 = SignatureV4.hex(Insecure.MD5.hash(data: bytes))

    @Test(
        "A content is what it should be, and another one is not, in whatever pieces it comes", arguments: [1, 7, 300])
    func checks(partBytes: Int) throws {
        let parts = stride(from: 0, to: 1_000, by: partBytes).map { Self.bytes[$0..<min($0 + partBytes, 1_000)] }
        let ofParts = SignatureV4.hex(Insecure.MD5.hash(data: parts.flatMap { Insecure.MD5.hash(data: $0) }))
        let digests = [
            ExpectedDigest(sha256: Self.sha256.uppercased()), ExpectedDigest(md5: Self.md5),
            ExpectedDigest(md5: ofParts, ofParts: parts.count, partBytes: partBytes, size: 1_000),
        ]
        for digest in digests {
            let digest = try #require(digest)
            for pieceBytes in [1, 13, 1_000] {
                for isDamaged in [false, true] {
                    var bytes = Self.bytes
                    if isDamaged { bytes[999] ^= 1 }
                    var check = DigestCheck(digest)
                    for start in stride(from: 0, to: 1_000, by: pieceBytes) {
                        check.add(bytes[start..<min(start + pieceBytes, 1_000)])
                    }
                    #expect(check.isMet() == !isDamaged)
                }
            }
        }
    }

    @Test("What cannot be a checksum is none")
    func invalid() {
        #expect(ExpectedDigest(sha256: "abc") == nil)
        #expect(ExpectedDigest(sha256: String(repeating: "g", count: 64)) == nil)
        #expect(ExpectedDigest(md5: String(repeating: "0", count: 33)) == nil)
        #expect(ExpectedDigest(md5: Self.md5, ofParts: 2, partBytes: 0, size: 10) == nil)
        #expect(ExpectedDigest(md5: Self.md5, ofParts: 2, partBytes: 10, size: 10) == nil)
        #expect(ExpectedDigest(md5: Self.md5, ofParts: 2, partBytes: 5, size: 10) != nil)
    }
}
