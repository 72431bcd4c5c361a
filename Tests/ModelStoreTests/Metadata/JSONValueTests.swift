import ModelStore
import Testing

@Suite("JSON values")
struct JSONValueTests {
    private func parsed(_ text: String) throws -> JSONValue { try JSONValue(parsing: Array(text.utf8)) }

    @Test("What is read is written again as it was: order, numbers, text")
    func roundTrip() throws {
        let text = #"{"z":1.0,"a":[-0,1e400,18446744073709551616,true,false,null],"é\n\"\\":{"":[]},"o":{}}"#
        #expect(try parsed(text).text == text)
        let pretty = try parsed(text).encoded()
        #expect(try JSONValue(parsing: pretty).text == text)
        #expect(String(decoding: pretty, as: UTF8.self).hasPrefix("{\n  \"z\": 1.0,\n  \"a\": [\n    -0,\n"))
    }

    @Test("Escapes are read, and control characters written as escapes")
    func escapes() throws {
        let value = try parsed(#" "\u00e9\ud83d\ude00\/\b\f\r\t\u0001\u007f" "#)
        #expect(value.string == "é😀/\u{8}\u{C}\r\t\u{1}\u{7F}")
        #expect(value.text == #""é😀/\u0008\u000c\r\t\u0001\u007f""#)
    }

    @Test("Numbers are integers where they are spelled so")
    func numbers() throws {
        #expect(try parsed("9223372036854775807").integer == .max)
        #expect(try parsed("9223372036854775808").integer == nil)
        #expect(try parsed("1.0").integer == nil)
        #expect(try parsed("-12.5e-1").double == -1.25)
        #expect(JSONValue.double(.infinity) == .null)
        #expect(JSONValue.double(0.1).text == "0.1")
    }

    @Test("Of members with one key the last counts, in the place of the first")
    func duplicates() throws {
        #expect(try parsed(#"{"a": 1, "b": 2, "a": 3}"#).text == #"{"a":3,"b":2}"#)
    }

    @Test(
        "What is not JSON says what was expected, and where",
        arguments: [
            ("", "a value at the end"), ("{", "a key in quotes at the end"), ("[1,]", "a value at byte 3"),
            ("[1 2]", "a comma or a closing bracket at byte 3"), (#"{"a" 1}"#, "a colon at byte 5"),
            (#"{"a": 1"#, "a comma or a closing brace at the end"), ("01", "a number at the end"),
            ("1.", "digits after the point at the end"), ("1e+", "digits of an exponent at the end"),
            ("NaN", "a value at byte 0"), ("nul", "a value at byte 0"), ("1 1", "nothing after the value at byte 2"),
            (#""\x""#, "an escape that JSON has at byte 3"), (#""\ud800""#, "a pair of surrogates at byte 7"),
            (#""\ud800\u0041""#, "a pair of surrogates at byte 13"),
            (#""\u12G4""#, "four hexadecimal digits at byte 3"),
            ("\"a\nb\"", "no control character in a string at byte 2"),
            ("\"a", "a quote that ends the string at the end"),
            ("<html>", "a value at byte 0"),
        ])
    func malformed(text: String, expected: String) {
        #expect(throws: StoreError(.malformed, "not JSON: expected \(expected)")) { try parsed(text) }
    }

    @Test("Bytes that are not UTF-8, and nesting without end, are refused")
    func hostile() {
        #expect(throws: StoreError.self) { try JSONValue(parsing: [0x22, 0xFF, 0x22]) }
        #expect(throws: StoreError.self) { try parsed(String(repeating: "[", count: 1_000_000)) }
    }
}
