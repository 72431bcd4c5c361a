import Foundation
import ModelStore
import TestSupport

/// Other programs of the field, asked for what they make of input that is drawn at random.
enum Peer {
    struct Failure: Error, CustomStringConvertible { let description: String }

    /// What `peers.py` prints for a kind of input: a JSON object a line.
    static func draw(_ kind: String, seed: Int, count: Int) throws -> [JSONValue.Object] {
        let python = PythonEnvironment.program("python", in: "notebooks")
        guard FileManager.default.isExecutableFile(atPath: python) else {
            throw Failure(description: "no \(python): run scripts/test")
        }
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "peers.py")
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: python)
        process.arguments = [script.path, kind, "\(seed)", "\(count)"]
        process.standardOutput = output
        try process.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        let lines = data.split(separator: UInt8(ascii: "\n"))
        guard process.terminationStatus == 0, lines.count == count else {
            throw Failure(description: "peers.py \(kind) \(seed) \(count) failed")
        }
        return try lines.map { line in
            guard let object = try JSONValue(parsing: Array(line)).object else {
                throw Failure(description: "peers.py printed no object")
            }
            return object
        }
    }
}
