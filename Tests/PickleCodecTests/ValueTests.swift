import PickleCodec
import Testing

@Suite("Values of Python")
struct ValueTests {
    private static let common = [
        "None", "True", "False", "0", "255", "65535", "-1", "2147483647", "-2147483648", "9223372036854775807",
        "-9223372036854775808", "9223372036854775808 (big)", "-1267650600228229401496703205376 (big)", "0.1", "-0.0",
        "inf", "1.5+-2.0j", "bytes[]", "bytes[0, 255]", "bytearray[98, 97]", "\"text\"",
        "ü € 😀 \\ \n".debugDescription, "[]", "[1, 2]", "()", "(1)", "(1, 2)", "(1, 2, 3)", "(1, 2, 3, 4)", "{}",
        "{\"a\": 1, 2: None}", "{7}", "frozenset(8)", "[\"shared\"]", "[\"shared\"]", "[1, ...]",
    ]

    @Test("Every protocol writes the same values", arguments: 0...5)
    func values(protocolVersion: Int) throws {
        let graph = try PickleReader.read(fixture("values-\(protocolVersion).pickle"))
        #expect(graph.text == "[\((Self.common + ["builtins.dict"]).joined(separator: ", "))]")
        #expect(graph.protocolVersion == (protocolVersion < 2 ? 0 : protocolVersion))
        #expect(graph.compression == .none)
    }

    @Test("Shared and cyclic references stay what they are", arguments: 0...5)
    func references(protocolVersion: Int) throws {
        let graph = try PickleReader.read(fixture("values-\(protocolVersion).pickle"))
        let items = try graph.items()
        #expect(items[33] == items[34])
        guard case .list(let cycle) = graph[items[35]] else { throw UnexpectedValue(text: graph.text) }
        #expect(cycle[1] == items[35])
    }

    @Test("What follows the end is ignored")
    func trailingBytes() throws {
        #expect(try PickleReader.read(bytes("N.rest")).text == "None")
    }

    @Test("A pickle cut off anywhere is refused", arguments: ["values-0.pickle", "values-2.pickle", "values-5.pickle"])
    func truncation(name: String) throws {
        let whole = try fixture(name)
        for count in whole.indices { #expect(failure(Array(whole[..<count])) != nil, "\(count) bytes") }
        #expect(failure(whole) == nil)
    }
}
