import Foundation
import Tensors

/// Asks `reference.py`, run with scikit-learn 1.9.1, to draw cases and to answer them.
enum PythonReference {
    /// Cases of a topic, the same for the same seed.
    static func cases<Case: Decodable>(_ topic: String, seed: Int, count: Int) throws -> [Case] {
        let python = environment.appending(path: "bin/python")
        guard FileManager.default.isExecutableFile(atPath: python.path) else {
            throw ReferenceFailure("no scikit-learn in \(environment.path): run scripts/test")
        }
        let process = Process()
        let output = Pipe()
        process.executableURL = python
        process.arguments = [script.path, topic, "\(seed)", "\(count)"]
        process.standardOutput = output
        try process.run()
        let answer = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw ReferenceFailure("reference.py \(topic) \(seed) \(count) failed; its message is above")
        }
        return try JSONDecoder().decode([Case].self, from: answer)
    }

    /// A seed that no run has in common with the one before; a finding prints it.
    static func drawSeed() -> Int { Int.random(in: 0..<Int(Int32.max)) }

    private static let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "reference.py")

    /// The virtual environment, where `scripts/lib.sh` puts it.
    private static let environment: URL = {
        let variables = ProcessInfo.processInfo.environment
        let home = variables["XDG_CACHE_HOME"].map { "\($0)/apus" } ?? "\(NSHomeDirectory())/.cache/apus"
        return URL(filePath: "\(variables["APUS_CACHE"] ?? home)/venvs/sklearn-1.9.1")
    }()
}

/// Why there is nothing to compare with.
struct ReferenceFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// An array of numpy, bit for bit.
struct ReferenceArray: Decodable {
    let shape: [Int]
    /// The elements in C order, little-endian float64.
    private let data: Data

    var numbers: [Double] {
        data.withUnsafeBytes { bytes in
            stride(from: 0, to: bytes.count, by: 8).map {
                Double(bitPattern: UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: $0, as: UInt64.self)))
            }
        }
    }

    var integers: [Int] { numbers.map { Int($0) } }

    /// Two dimensions as they are; one dimension as a column.
    var matrix: Matrix<Double> {
        Matrix(rowCount: shape[0], columnCount: shape.dropFirst().reduce(1, *), elements: numbers)
    }
}

extension [Double] {
    /// Whether all elements are the same number, or both NaN; zeros may differ in sign.
    func isIdentical(to other: [Double]) -> Bool {
        count == other.count && zip(self, other).allSatisfy { $0 == $1 || $0.isNaN && $1.isNaN }
    }
}
