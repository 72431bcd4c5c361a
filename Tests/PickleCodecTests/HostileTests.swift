import PickleCodec
import Tensors
import TestSupport
import Testing

@Suite("Hostile pickles")
struct HostileTests {
    @Test(
        "Calls are recorded, and nothing runs",
        arguments: [
            ("cos\nsystem\n(Vrm -rf /\ntR.", "<call os.system (\"rm -rf /\")>"),
            ("cposix\nsystem\n(Vid\ntR.", "<call posix.system (\"id\")>"),
            ("c__builtin__\neval\n(V1+1\ntR.", "<call builtins.eval (\"1+1\")>"),
            ("(Vid\nios\nsystem\n.", "<new os.system (\"id\")>"),
            ("(cos\nsystem\nVid\no.", "<new os.system (\"id\")>"),
            (
                "cbuiltins\ngetattr\n(cos\nsystem\n(Vid\ntRV__class__\ntR(N\u{85}tR.",
                "<call <call builtins.getattr (<call os.system (\"id\")>, \"__class__\")> ((None))>"
            ),
        ]
    )
    func calls(pickle: String, value: String) throws {
        #expect(try PickleReader.read(bytes(pickle)).text == value)
    }

    private static let float64 = "cnumpy\ndtype\n(Vf8\nI00\nI01\ntR"

    /// joblib's wrapper of an array, and the first bytes of the array.
    private static func wrapper(shape: String) -> [UInt8] {
        bytes(
            "cjoblib.numpy_pickle\nNumpyArrayWrapper\n)\u{81}}(Vdtype\n" + float64
                + "Vshape\n(\(shape)tVorder\nVC\nub\0\0\0\0\0\0\0\0."
        )
    }

    @Test(
        "An array larger than the file or the limit is refused",
        arguments: [
            ("L1342177280L\n", PickleError.Code.limitExceeded), ("L100000000L\n", .truncated), ("I2\n", .truncated),
            ("I-1\n", .malformed), ("I0\nI-1\n", .malformed), ("L4611686018427387904L\nI8\n", .malformed),
            ("L2305843009213693952L\n", .limitExceeded), ("L99999999999999999999L\n", .malformed),
        ]
    )
    func largeArray(shape: String, code: PickleError.Code) {
        #expect(failure(Self.wrapper(shape: shape)) == code)
    }

    @Test("The array that the file does hold is read")
    func smallArray() throws {
        #expect(try PickleReader.read(Self.wrapper(shape: "I1\n")).text == "array([1], [0.0])")
    }

    @Test(
        "A length beyond the end is refused",
        arguments: [
            "\u{8E}\u{FF}\u{FF}\u{FF}\u{FF}\u{02}\0\0\0", "\u{8E}\u{FF}\u{FF}\u{FF}\u{FF}\u{FF}\u{FF}\u{FF}\u{FF}",
            "\u{8B}\u{FF}\u{FF}\u{FF}\u{FF}", "\u{8B}\0\0\0\u{80}", "T\u{FF}\u{FF}\u{FF}\u{FF}", "X\0\0\0\u{80}",
            "\u{95}\0\0\0\0\0\0\0\u{80}N.", "\u{96}\0\0\0\0\0\0\0\u{80}",
        ]
    )
    func length(pickle: String) {
        #expect(failure(bytes(pickle)) == .truncated)
    }

    /// A record of one field, whose type is an expression.
    private static func record(of field: String, size: Int = 8) -> String {
        "cnumpy\ndtype\n(VV8\nI00\nI01\ntR(I3\nV|\nN(Va\nt}Va\n(\(field)I0\ntsI\(size)\nI1\nI16\ntb"
    }

    @Test("Element types that contradict themselves are refused")
    func elementTypes() {
        let nested = (0..<100).reduce(Self.float64) { field, _ in Self.record(of: field) }
        let sizes = "cnumpy\ndtype\n(VV8\nI00\nI01\ntR(I3\nV|\nN)}I-1\nI1\nI16\ntb."
        let again = Self.record(of: Self.float64) + "(I3\nV|\nNNNI1\nI1\nI0\ntb."
        #expect(failure(bytes(Self.record(of: Self.float64) + ".")) == nil)
        #expect(failure(bytes(Self.record(of: Self.float64, size: 7) + ".")) == .unsupported)
        #expect(failure(bytes(nested + ".")) == .unsupported)
        #expect(failure(bytes(sizes)) == .unsupported)
        #expect(failure(bytes(again)) == .unsupported)
    }

    @Test("Elements without bytes cannot be many")
    func emptyElements() throws {
        let type = "cnumpy\ndtype\n(VU0\nI00\nI01\ntR"
        let array = "cnumpy.core.multiarray\n_reconstruct\n)R(I1\n(L1152921504606846976L\nt" + type + "I00\nC\0tb."
        #expect(failure(bytes(array)) == .malformed)
        let scalar = "cnumpy.core.multiarray\nscalar\n(" + type + "C\0tR."
        let graph = try PickleReader.read(bytes(scalar))
        #expect(try graph[graph.root].array().strings() == [""])
    }

    @Test("Any changed byte is answered or refused")
    func flippedBytes() throws {
        let seed = UInt64.random(in: 0 ... .max)
        var generator = SeededGenerator(seed: seed)
        var limits = PickleLimits()
        limits.maximumDecompressedBytes = 1 << 20
        let originals = try [
            "values-0.pickle", "values-4.pickle", "arrays-numpy1-2.pickle", "arrays-numpy2-5.pickle",
            "arrays-numpy2.joblib", "zlib.joblib", "bz2.joblib", "lzma.joblib", "xz.joblib", "lz4.joblib",
        ].map(fixture)
        var refused = 0
        for round in 0..<2_000 {
            var changed = originals[round % originals.count]
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                changed[Int.random(in: changed.indices, using: &generator)] = UInt8.random(
                    in: 0 ... .max,
                    using: &generator
                )
            }
            if failure(changed, limits: limits) != nil { refused += 1 }
        }
        #expect((500..<2_000).contains(refused), "seed \(seed)")
    }
}
