import Foundation
import PickleCodec
import Testing

@Suite("Files")
struct FileTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures").path

    @Test("A file is read as its bytes are")
    func file() throws {
        let graph = try PickleReader.read(path: Self.folder + "/values-4.pickle")
        #expect(graph.text == (try PickleReader.read(fixture("values-4.pickle")).text))
    }

    @Test(
        "What is no readable file is refused by its path",
        arguments: [folder, folder + "/none.pickle", folder + "/values-4.pickle/x", "/dev/zero", ""])
    func unreadable(path: String) {
        let error = #expect(throws: PickleError.self) { try PickleReader.read(path: path) }
        #expect(error?.code == .unreadable)
        #expect(error?.description.hasPrefix(path + ": ") == true)
    }

    @Test("A file beyond the limit is not read")
    func limit() {
        var limits = PickleLimits()
        limits.maximumInputBytes = 100
        let error = #expect(throws: PickleError.self) {
            try PickleReader.read(path: Self.folder + "/values-4.pickle", limits: limits)
        }
        #expect(error?.code == .limitExceeded)
    }
}
