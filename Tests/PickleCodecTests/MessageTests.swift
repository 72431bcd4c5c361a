import Foundation
import PickleCodec
import Testing

@Suite("What errors say")
struct MessageTests {
    @Test(
        "An error names its opcode",
        arguments: [
            ("\u{80}\u{06}", "PROTO"), ("\u{97}", "NEXT_BUFFER"), ("\u{98}", "READONLY_BUFFER"), ("\u{81}", "NEWOBJ"),
            ("\u{92}", "NEWOBJ_EX"), ("\u{8C}\u{02}\u{C3}\u{28}", "SHORT_BINUNICODE"), ("t", "TUPLE"),
            ("NN\u{93}", "STACK_GLOBAL"),
            ("T\u{FF}\u{FF}\u{FF}\u{FF}", "BINSTRING"), ("h\u{05}", "BINGET"), ("1", "POP_MARK"), ("(", "STOP"),
        ]
    )
    func namesOpcode(pickle: String, name: String) {
        let error = #expect(throws: PickleError.self) { try PickleReader.read(bytes(pickle + ".")) }
        #expect(error?.message.hasPrefix("\(name): ") == true)
    }

    @Test(
        "An array without elements may have extents whose product is beyond any number",
        arguments: ["(I0\nL4611686018427387904L\nL4611686018427387904L\nt", "(I0\nL4611686018427387904L\nt"],
        ["(I1\nI2\nI0\nt", "(I2\nI1\nI0\nt", "(I1\nI0\nt", "(I0\nt"]
    )
    func hugeExtents(shape: String, axes: String) {
        let pickle = "cnumpy.core.numeric\n_frombuffer\n(C\0cnumpy\ndtype\n(Vf8\ntR\(shape)VK\n\(axes)tR."
        guard let graph = try? PickleReader.read(bytes(pickle)) else { return }
        #expect(graph.text == "array([4611686018427387904, 0], [])")
    }

    @Test(
        "What is no regular file is refused by name, and a pipe is not waited for",
        arguments: ["missing", "folder", "pipe"]
    )
    func noFile(name: String) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(
            at: folder.appending(path: "folder"), withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(mkfifo(folder.appending(path: "pipe").path(), 0o600) == 0)
        let error = #expect(throws: PickleError.self) {
            try PickleReader.read(path: folder.appending(path: name).path())
        }
        #expect(error?.code == .unreadable)
        #expect(error?.message.contains(name) == true)
    }
}
