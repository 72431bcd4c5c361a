import Crypto
import Foundation

/// Python with stock scikit-learn, beside a store.
final class StockReader: Sendable {
    private static let script = "\(BuiltTool.root.path)/Tests/SystemTests/Store/store_models.py"

    private static let python: URL = {
        let variables = ProcessInfo.processInfo.environment
        let home = variables["XDG_CACHE_HOME"].map { "\($0)/apus" } ?? "\(NSHomeDirectory())/.cache/apus"
        return URL(filePath: "\(variables["APUS_CACHE"] ?? home)/venvs/sklearn-1.9.1/bin/python")
    }()

    private let process: Process
    private let input = Pipe()
    private let output = Pipe()

    /// Starts a reader that answers until the test lets go of it.
    init() throws {
        process = Process()
        process.executableURL = Self.python
        process.arguments = [Self.script, "read"]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
    }

    deinit {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    /// Loads a model as KServe's server does, and asks it for a prediction.
    ///
    /// - Returns: the SHA-256 of the file, or what Python complained about.
    func read(_ path: String) throws -> String {
        try input.fileHandleForWriting.write(contentsOf: Data("\(path)\n".utf8))
        var line = Data()
        while let byte = try output.fileHandleForReading.read(upToCount: 1), byte.first != UInt8(ascii: "\n") {
            line += byte
        }
        return String(decoding: line, as: UTF8.self)
    }

    /// Fits models that are all different.
    ///
    /// - Returns: their paths and the SHA-256 of each.
    static func makeModels(_ count: Int, in folder: String) throws -> [(path: String, sha256: String)] {
        let process = Process()
        process.executableURL = python
        process.arguments = [script, "make", folder, "\(count)"]
        try process.run()
        process.waitUntilExit()
        return try (0..<count).map { index in
            let path = "\(folder)/model-\(index).pkl"
            let digest = SHA256.hash(data: try Data(contentsOf: URL(filePath: path)))
            return (path, digest.map { String(format: "%02x", $0) }.joined())
        }
    }
}
