import Foundation

/// The releases that parity is tested with; `requirements/` pins each, and `scripts/test` installs them.
enum ScikitLearn {
    static let versions = ["1.1.3", "1.3.2", "1.5.2", "1.9.1"]

    /// Runs `generate.py` with one release and reads what it wrote.
    static func generate(version: String, seed: Int, count: Int, into folder: URL) throws -> Manifest {
        let python = environment(version).appending(path: "bin/python")
        guard FileManager.default.isExecutableFile(atPath: python.path) else {
            throw ParityFailure("no scikit-learn \(version) in \(environment(version).path): run scripts/test")
        }
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "generate.py")
        let log = folder.appending(path: "log")
        try Data().write(to: log)
        let process = Process()
        process.executableURL = python
        process.arguments = [script.path, "--seed", "\(seed)", "--out", folder.path, "--count", "\(count)"]
        process.standardError = try FileHandle(forWritingTo: log)
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            let lines = try String(contentsOf: log, encoding: .utf8).split(separator: "\n").suffix(20)
            throw ParityFailure("generate.py failed with scikit-learn \(version):\n\(lines.joined(separator: "\n"))")
        }
        let manifest = try Data(contentsOf: folder.appending(path: "manifest.json"))
        return try JSONDecoder().decode(Manifest.self, from: manifest)
    }

    /// The virtual environment of a release, where `scripts/lib.sh` puts it.
    private static func environment(_ version: String) -> URL {
        let variables = ProcessInfo.processInfo.environment
        let home = variables["XDG_CACHE_HOME"].map { "\($0)/apus" } ?? "\(NSHomeDirectory())/.cache/apus"
        return URL(filePath: "\(variables["APUS_CACHE"] ?? home)/venvs/sklearn-\(version)")
    }
}

/// Why a comparison could not be made at all.
struct ParityFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
