import FoundationEssentials
import ModelStore
import Reports

/// Where the reports of runs are kept: for each version a page with plots, and the same for programs.
struct ReportFolder: Sendable {
    let path: String

    /// Makes the folder if there is none.
    ///
    /// - Throws: ``Refusal`` if nothing can be written there.
    init(path: String) throws {
        self.path = path
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw Refusal(path, error)
        }
        guard FileManager.default.isWritableFile(atPath: path) else {
            throw Refusal("\(path): nothing can be written there")
        }
    }

    /// Writes the report of a version.
    func write(_ report: TrainingReport, of version: StoredVersion) throws(Refusal) {
        let stem = "\(path)/\(version.name)-\(version.version)"
        try write(Array(report.htmlPage().utf8), "\(stem).html")
        try write(JSONValue(report).encoded(), "\(stem).json")
    }

    private func write(_ bytes: [UInt8], _ path: String) throws(Refusal) {
        do { try Data(bytes).write(to: URL(filePath: path), options: .atomic) } catch { throw Refusal(path, error) }
    }
}
