import ModelStore
import TestSupport
import Testing

@testable import RemoteModels

@Suite("YAML as MLflow writes it")
struct BlockYAMLTests {
    @Test("Mappings drawn at random are read as PyYAML wrote them")
    func pyYAML() throws {
        let seed = Int.random(in: 0..<1_000_000)
        print("YAML: seed \(seed)")
        for drawn in try Peer.draw("yaml", seed: seed, count: 300) {
            let text = try #require(drawn["yaml"]?.string)
            let value = try #require(drawn["value"])
            let read = try? BlockYAML(parsing: text)
            #expect(read.map { Self.agrees($0, value) } == true, "\(text)")
        }
    }

    /// Whether all texts and mappings are the same; what is neither is not compared.
    private static func agrees(_ read: BlockYAML, _ value: JSONValue) -> Bool {
        switch value {
        case .string(let text): return read.text == text
        case .object(let object):
            guard let members = read.mapping, members.count == object.members.count else { return false }
            return object.members.allSatisfy { member in
                members[member.key].map { agrees($0, member.value) } ?? false
            }
        default: return true
        }
    }

    @Test("Anchors, comments, sequences and other blocks are stepped over")
    func others() throws {
        let yaml = try BlockYAML(
            parsing: """
                # comment
                ---
                a: &id001
                - x: 1
                - y
                b: *id001
                c: |
                  a: 1
                   b
                d:
                  e: !!binary |
                    AAAA
                  f: {g: h}
                  i: null
                j:
                k: 'it''s'
                ...
                """)
        #expect(yaml["a"] == .other)
        #expect(yaml["b"] == .other)
        #expect(yaml["c"] == .other)
        #expect(yaml["d"] == .mapping(["e": .other, "f": .other, "i": .scalar("null")]))
        #expect(yaml["j"]?.text == "null")
        #expect(yaml["k"]?.text == "it's")
    }

    @Test(
        "What is not such a mapping is refused by its line",
        arguments: [
            ("- a", 1), ("a: 1\nb", 2), ("a: 'x\nb: 1", 2), ("a: \"\\q\"", 1), ("<html>\n<body>", 1), ("{\"a\": 1}", 1),
            ("a:\n    b: 1\n  c: 2", 3), ("? a\n: b", 1), ("a: 'b' c", 1), ("\ta: 1", 1),
        ])
    func malformed(text: String, line: Int) {
        let error = #expect(throws: StoreError.self) { _ = try BlockYAML(parsing: text) }
        #expect(error?.code == .malformed)
        #expect(error?.message.hasSuffix("at line \(line)") == true, "\(String(describing: error))")
    }

    @Test("Depth has a limit, and text changed at random makes an error or a document")
    func hostile() {
        let deep = (0..<10_000).map { String(repeating: " ", count: $0) + "a:" }.joined(separator: "\n")
        #expect(throws: StoreError.self) { _ = try BlockYAML(parsing: deep) }
        let text = "flavors:\n  sklearn:\n    pickled_model: 'a''b'\n  x: \"\\u00e9\\\n    \\ y\"\nrun_id: 1\n"
        let seed = UInt64.random(in: 0...UInt64.max)
        print("YAML: mutations with seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<2_000 {
            var bytes = Array(text.utf8)
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                bytes[place] = Bool.random(using: &generator) ? UInt8.random(in: 0...127, using: &generator) : 0x0A
            }
            _ = try? BlockYAML(parsing: String(decoding: bytes, as: UTF8.self))
        }
    }
}
