import Foundation
import TestSupport

/// The releases that parity is tested with; `requirements/` pins each, and `scripts/test` installs them.
enum ScikitLearn {
    static let versions = ["1.1.3", "1.3.2", "1.5.2", "1.9.1"]

    /// The release whose fits and random draws Apus repeats.
    static let fitted = "1.9.1"

    /// Runs `generate.py` with one release and reads what it wrote.
    static func generate(version: String, seed: Int, count: Int, into folder: URL) throws -> Manifest {
        _ = try run(
            "generate.py", ["--seed", "\(seed)", "--out", folder.path, "--count", "\(count)"], version: version)
        let manifest = try Data(contentsOf: folder.appending(path: "manifest.json"))
        return try JSONDecoder().decode(Manifest.self, from: manifest)
    }

    /// Runs a script of this folder with one release, and returns what it printed.
    static func run(_ name: String, _ arguments: [String], version: String) throws -> Data {
        Data(try PythonEnvironment(scikitLearn: version).run(script(name), arguments).utf8)
    }

    /// A script beside the tests.
    static func script(_ name: String) -> URL {
        URL(filePath: #filePath).deletingLastPathComponent().appending(path: name)
    }
}

/// Why a comparison could not be made at all.
struct ParityFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
