import Foundation

/// The seed of this run: `APUS_PARITY_SEED`, else a new one.
enum ParitySeed {
    static let value =
        ProcessInfo.processInfo.environment["APUS_PARITY_SEED"].flatMap { Int($0) }
        ?? Int.random(in: 0..<Int(Int32.max))
}

/// A folder for what scikit-learn writes.
enum ParityFolder {
    /// Calls a closure with a folder of its own, which is gone afterwards.
    static func with<Result>(_ body: (URL) throws -> Result) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "apus-parity-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try body(folder)
    }
}
