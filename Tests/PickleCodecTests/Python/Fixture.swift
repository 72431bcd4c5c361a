import Foundation
import Testing

/// A file that Python wrote, and what Python says it holds.
struct Fixture: CustomTestStringConvertible, Sendable {
    let name: String
    let bytes: [UInt8]
    let words: String

    var testDescription: String { name }

    /// The version of the numpy that wrote it.
    var numpy: String { String(name.dropFirst("numpy-".count).prefix { $0 != "t" }.dropLast()) }

    /// Where the fixtures and the scripts about them are.
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appending(
        path: "Fixtures/Python")

    /// The fixtures of a file that `make_described.py` wrote.
    static func all(in file: String) -> [Fixture] {
        guard let text = try? String(contentsOf: folder.appending(path: file), encoding: .utf8) else { return [] }
        return text.split(separator: "\n").compactMap { line in
            let parts = line.split(separator: "\t", maxSplits: 2).map(String.init)
            guard parts.count == 3, let data = Data(base64Encoded: parts[1]) else { return nil }
            return Fixture(name: "\(file)/\(parts[0])", bytes: Array(data), words: parts[2])
        }
    }

    static let all = ["numpy-1.23.tsv", "numpy-1.26.tsv", "numpy-2.4.tsv"].flatMap(all(in:))
}
