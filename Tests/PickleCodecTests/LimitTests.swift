import PickleCodec
import Testing

@Suite("Limits")
struct LimitTests {
    private func limits(_ change: (inout PickleLimits) -> Void) -> PickleLimits {
        var limits = PickleLimits()
        change(&limits)
        return limits
    }

    @Test("Input bytes")
    func inputBytes() {
        let limits = limits { $0.maximumInputBytes = 3 }
        #expect(failure(bytes("NN."), limits: limits) == nil)
        #expect(failure(bytes("NNN."), limits: limits) == .limitExceeded)
    }

    @Test("Decompressed bytes", arguments: ["zlib", "gzip", "bz2", "lzma", "xz", "lz4"])
    func decompressedBytes(compression: String) throws {
        let bomb = try fixture("bomb.\(compression)")
        #expect(bomb.count < 3_000)
        #expect(failure(bomb, limits: limits { $0.maximumDecompressedBytes = 100_000 }) == .limitExceeded)
        #expect(failure(bomb, limits: limits { $0.maximumDecompressedBytes = .max }) == nil)
    }

    @Test("The dictionary of lzma")
    func dictionary() {
        let header = bytes("\u{5D}\0\0\0\u{40}") + [UInt8](repeating: 0xFF, count: 8) + [UInt8](repeating: 0, count: 20)
        #expect(failure(header) == .limitExceeded)
    }

    @Test("Nesting")
    func nesting() {
        let tuples = { (depth: Int) in bytes(")" + String(repeating: "\u{85}", count: depth) + ".") }
        #expect(failure(tuples(10_000)) == .limitExceeded)
        #expect(failure(tuples(900)) == nil)
        #expect(
            failure(bytes(String(repeating: "cm\nf\n(", count: 5_000) + String(repeating: "tR", count: 5_000) + "."))
                == .limitExceeded
        )
    }

    @Test("Memo numbers far apart take no room")
    func memoNumbers() throws {
        let far = "Nr\u{FF}\u{FF}\u{FF}\u{FF}0Np18446744073709551615\n0j\u{FF}\u{FF}\u{FF}\u{FF}."
        #expect(try PickleReader.read(bytes(far)).text == "None")
    }

    @Test("Memo entries")
    func memoEntries() {
        let memoized = bytes("N" + String(repeating: "\u{94}", count: 20) + ".")
        #expect(failure(memoized, limits: limits { $0.maximumMemoEntries = 20 }) == nil)
        #expect(failure(memoized, limits: limits { $0.maximumMemoEntries = 19 }) == .limitExceeded)
    }

    @Test(
        "Elements, however they are made or repeated",
        arguments: [
            String(repeating: "N", count: 101), "N" + String(repeating: "2", count: 100),
            String(repeating: "(", count: 101),
            "](" + String(repeating: "N", count: 60) + "e.", "Nq\0" + String(repeating: "h\0", count: 100),
            "](NNNNNNNNNNeq\0" + String(repeating: "0cbuiltins\nset\nh\0\u{85}R", count: 10) + ".",
        ]
    )
    func elements(pickle: String) {
        #expect(failure(bytes(pickle), limits: limits { $0.maximumElements = 100 }) == .limitExceeded)
    }

    @Test("Text that stands for bytes again and again")
    func convertedText() {
        let call = "0c_codecs\nencode\n(h\0Vlatin1\ntR"
        let text = "V" + String(repeating: "a", count: 1_000) + "\nq\0"
        #expect(failure(bytes(text + call + ".")) == nil)
        #expect(failure(bytes(text + String(repeating: call, count: 50) + ".")) == .limitExceeded)
    }

    @Test("Bytes of an array", arguments: ["arrays-numpy2-5.pickle", "arrays-numpy2.joblib"])
    func arrayBytes(name: String) throws {
        let limits = limits { $0.maximumArrayBytes = 16 }
        #expect(failure(try fixture(name), limits: limits) == .limitExceeded)
    }

    @Test(
        "Filling a container item by item takes linear time",
        .timeLimit(.minutes(1)),
        arguments: [("]", "Na"), ("}", "NNs")])
    func itemByItem(container: String, item: String) {
        // A copy for each of the items would be 80 gigabytes.
        #expect(failure(bytes(container + String(repeating: item, count: 200_000) + ".")) == nil)
    }

    @Test("Long names that many share")
    func longNames() {
        let key = "V" + String(repeating: "k", count: 2_000) + "\n"
        let type = "cnumpy\ndtype\n(VV8\nI00\nI01\ntR"
        let fields = "(\(key)t}\(key)(cnumpy\ndtype\n(Vf8\nI00\nI01\ntRI0\nts"
        let record = type + "(I3\nV|\nN" + fields + "I8\nI1\nI16\ntb."
        #expect(failure(bytes(record)) == .unsupported)
    }
}
