import ContentCodings
import TestSupport
import Testing

@Suite("Codings of HTTP content")
struct ContentCodingTests {
    private static let text = Array(String(repeating: "apus serves models. ", count: 500).utf8)
    /// `hello` by Python's `gzip.compress` and `zlib.compress`.
    private static let hello: [(ContentCoding, [UInt8])] = [
        (
            .gzip,
            [
                31, 139, 8, 0, 0, 0, 0, 0, 0, 255, 203, 72, 205, 201, 201, 7, 0, 134, 166, 16, 54, 5, 0, 0, 0,
            ]
        ), (.deflate, [120, 156, 203, 72, 205, 201, 201, 7, 0, 6, 44, 2, 21]),
    ]

    @Test("What others have written is read", arguments: hello)
    func read(coding: ContentCoding, bytes: [UInt8]) throws {
        #expect(try coding.decoded(bytes, upTo: 5) == Array("hello".utf8))
        #expect(throws: ContentCoding.Failure.tooLong) { try coding.decoded(bytes, upTo: 4) }
    }

    @Test("What is written is read again", arguments: ContentCoding.allCases)
    func roundTrip(coding: ContentCoding) throws {
        let seed = UInt64.random(in: 0 ... .max)
        print("content codings: seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        let noise = (0..<100_000).map { _ in UInt8.random(in: 0...255, using: &generator) }
        for bytes in [[], [7], Self.text, noise, [UInt8](repeating: 0, count: 1 << 20)] {
            let encoded = coding.encoded(bytes)
            #expect(try coding.decoded(encoded, upTo: bytes.count) == bytes)
        }
        #expect(coding.encoded(Self.text).count < Self.text.count / 10)
    }

    @Test("A bomb ends at the limit", arguments: ContentCoding.allCases)
    func bomb(coding: ContentCoding) {
        let bomb = coding.encoded([UInt8](repeating: 0, count: 64 << 20))
        #expect(throws: ContentCoding.Failure.tooLong) { try coding.decoded(bomb, upTo: 1 << 20) }
    }

    @Test("Content that is cut off, is followed by something, or is none", arguments: ContentCoding.allCases)
    func corrupt(coding: ContentCoding) {
        let whole = coding.encoded(Self.text)
        for count in 0..<whole.count {
            #expect(throws: ContentCoding.Failure.corrupt, "\(count) bytes") {
                try coding.decoded(Array(whole.prefix(count)), upTo: 1 << 20)
            }
        }
        #expect(throws: ContentCoding.Failure.corrupt) { try coding.decoded(whole + [1, 2, 3], upTo: 1 << 20) }
        #expect(throws: ContentCoding.Failure.corrupt) { try coding.decoded(Self.text, upTo: 1 << 20) }
    }

    @Test("Members of gzip follow each other")
    func members() throws {
        let twice = ContentCoding.gzip.encoded(Self.text) + ContentCoding.gzip.encoded([1, 2])
        #expect(try ContentCoding.gzip.decoded(twice, upTo: 1 << 20) == Self.text + [1, 2])
    }

    @Test(
        "What a client accepts",
        arguments: [
            ("gzip, deflate", .gzip), ("deflate", .deflate), ("gzip;q=0.2, deflate;q=0.8", .deflate), ("br", nil),
            ("", nil), ("*", .gzip), ("gzip;q=0, *", .deflate), ("identity", nil), ("GZIP ; q=1", .gzip),
            ("gzip;q=x", nil),
        ] as [(String, ContentCoding?)])
    func accepted(value: String, expected: ContentCoding?) { #expect(ContentCoding.preferred(value) == expected) }

    @Test("Names of codings")
    func names() {
        #expect(ContentCoding(contentEncoding: "X-GZIP") == .gzip)
        #expect(ContentCoding(contentEncoding: "deflate") == .deflate)
        #expect(ContentCoding(contentEncoding: "gzip, gzip") == nil)
        #expect(ContentCoding(contentEncoding: "br") == nil)
    }
}
