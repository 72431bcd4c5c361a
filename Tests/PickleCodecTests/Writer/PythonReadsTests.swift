import Foundation
import PickleCodec
import TestSupport
import Testing

@Suite("What Python reads of what was written")
struct PythonReadsTests {
    /// Releases of scikit-learn, which name the environments that the tests have, and the numpy in each.
    private static let environments = [(scikitLearn: "1.1.3", numpy: "1.23"), ("1.3.2", "1.26"), ("1.9.1", "2.4")]

    @Test("pickle and joblib read it as it was, without a warning", arguments: environments)
    func read(scikitLearn: String, numpy: String) throws {
        let folder = TemporaryFolder()
        var expected: [String: String] = [:]
        // numpy's random generators are calls, which each version of numpy makes in its own way.
        for example in try Self.examples.get() where example.numpy == numpy || !example.name.contains("random") {
            for (file, bytes) in example.files {
                folder.write(bytes, to: file)
                expected[file] = example.words
            }
        }
        let script = Fixture.folder.appending(path: "check_written.py")
        let output = try PythonEnvironment(scikitLearn: scikitLearn).run(script, [folder.path])
        var found: [String: String] = [:]
        for line in output.split(separator: "\n") {
            let parts = line.split(separator: "\t", maxSplits: 1).map(String.init)
            found[parts[0]] = parts.count == 2 ? parts[1] : ""
        }
        #expect(found.count == expected.count)
        for (file, words) in expected { #expect(found[file] == words, "\(file)") }
    }

    private struct Example: Sendable {
        let name: String
        let numpy: String?
        let words: String
        var files: [String: [UInt8]] = [:]

        init(_ graph: PickleGraph, _ name: String, numpy: String? = nil) throws {
            self.name = name
            self.numpy = numpy
            // numpy turns arrays round when it reads them, and joblib unless it maps them.
            words = GraphDescription.of(graph, numbersArrays: true).replacing("array(>", with: "array(<")
            for format in PickleFormat.allCases {
                files["\(name.replacing("/", with: "-")).\(format)"] = try PickleWriter.write(graph, as: format)
            }
        }
    }

    private static let examples = Result {
        try Fixture.all.map { try Example(PickleReader.read($0.bytes), $0.name, numpy: $0.numpy) }
            + HandMadeGraph.all.map { try Example($0.graph, $0.name) }
    }
}
