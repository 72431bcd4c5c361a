import Foundation

/// What `fires.py` says about when expressions fire.
enum ReferenceFires {
    /// An expression that croniter was asked about, in UTC.
    struct Case: Decodable {
        let expression: String
        let after: Int
        /// The first eight; none if croniter finds no date.
        let fires: [Int]
    }

    /// A zone's clock over some years, and when expressions fire there by definition.
    struct Zone: Decodable {
        struct Case: Decodable {
            let expression: String
            /// All, from the start of the first segment to the end of the last.
            let fires: [Int]
            /// Instants, each with the first fire after it.
            let answers: [[Int]]
        }

        let name: String
        /// The first instant, the end and the offset of each stretch of time with one offset.
        let segments: [[Int]]
        let cases: [Case]

        /// The offset at an instant.
        func offset(_ instant: Int) -> Int {
            segments.last { $0[0] <= instant }?[2] ?? segments[0][2]
        }
    }

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    static func read<Value: Decodable>(_ kind: String, seed: Int, count: Int) throws -> Value {
        let variables = ProcessInfo.processInfo.environment
        let home =
            variables["XDG_CACHE_HOME"].map { "\($0)/apus" } ?? "\(NSHomeDirectory())/.cache/apus"
        let python = URL(filePath: "\(variables["APUS_CACHE"] ?? home)/venvs/schedules/bin/python")
        guard FileManager.default.isExecutableFile(atPath: python.path) else {
            throw Failure(description: "no \(python.path): run scripts/test")
        }
        let process = Process()
        process.executableURL = python
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "fires.py")
        process.arguments = [script.path, kind, "\(seed)", "\(count)"]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(description: "fires.py failed") }
        return try JSONDecoder().decode(Value.self, from: data)
    }
}
