import JSON
import Testing

@Suite("JSON documents")
struct JSONReaderTests {
    private func skip(_ bytes: [UInt8]) throws {
        var reader = JSONReader<Mistake>(bytes.span)
        try reader.skipValue()
        try reader.expectEnd()
    }

    @Test(
        "Well-formed documents are read to their end",
        arguments: [
            "null", "true", "false", "0", " 1 ", "\t\n\r 1", "\"\"", "\"a\\u0041\\n\\\"\\\\\\/\"", "\"\\ud83d\\ude00\"",
            "\"é😀\"", "[]", "[ ]", "[1,2]", "[[],[{}]]", "{}", "{ }", "{\"a\":1,\"b\":[true,null]}",
            "{\"a\":{\"b\":{}}}",
        ])
    func wellFormed(_ text: String) throws { try skip(Array(text.utf8)) }

    @Test(
        "Malformed documents are refused",
        arguments: [
            "", " ", "nul", "nulll", "True", "[", "]", "[1", "[1,", "[1,]", "[,1]", "[1 2]", "{", "}", "{1:2}",
            "{\"a\"}",
            "{\"a\":}", "{\"a\":1,}", "{\"a\":1", "{\"a\" 1}", "{'a':1}", "\"", "\"a", "\"\\", "\"\\x\"", "\"\\u12\"",
            "\"\\u12g4\"", "\"\\ud800\"", "\"\\udc00\"", "\"\\ud800\\u0041\"", "\"\u{1}\"", "\"\n\"", "1 2", "[1]x",
        ])
    func malformed(_ text: String) {
        #expect(throws: Mistake.self) { try skip(Array(text.utf8)) }
    }

    @Test("Bytes that are not UTF-8 are refused", arguments: [[0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xC0, 0x80]])
    func invalidUTF8(_ bytes: [UInt8]) {
        let quote = UInt8(ascii: "\"")
        #expect(throws: Mistake.self) { try skip([quote] + bytes + [quote]) }
        #expect(throws: Mistake.self) { try skip(bytes) }
    }

    @Test("Documents may nest up to the limit and no deeper")
    func depth() throws {
        func nested(_ depth: Int) -> [UInt8] {
            Array(String(repeating: "[", count: depth).utf8) + Array(String(repeating: "]", count: depth).utf8)
        }
        try skip(nested(JSONReader<Mistake>.maximumDepth))
        #expect(throws: Mistake.self) { try skip(nested(JSONReader<Mistake>.maximumDepth + 1)) }
        #expect(throws: Mistake.self) {
            try skip(Array(String(repeating: "{\"a\":", count: 100_000).utf8))
        }
    }

    @Test("Escapes stand for their characters")
    func text() throws {
        let bytes = Array(#""a\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00é""#.utf8)
        var reader = JSONReader<Mistake>(bytes.span)
        #expect(reader.text(try reader.scanString()) == "a\"\\/\u{8}\u{C}\n\r\té😀é")
    }

    @Test("An error says where it is")
    func place() throws {
        let error = try #require(throws: Mistake.self) { try skip(Array("[1,\n 2,\n x]".utf8)) }
        #expect(error.message == "unexpected character, expected a JSON value: line 3 column 2 (char 9)")
    }
}
