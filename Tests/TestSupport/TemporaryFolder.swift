import Glibc

/// A folder of its own for a test, removed with all it holds when the test lets go of it.
package final class TemporaryFolder: Sendable {
    /// The path of the folder.
    package let path: String

    package init() {
        var template = Array("/tmp/apus-test-XXXXXX\0".utf8CString)
        precondition(mkdtemp(&template) != nil, "no temporary folder")
        path = String(decoding: template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit { Self.remove(path) }

    /// The path of a file in the folder.
    package func path(_ name: String) -> String { "\(path)/\(name)" }

    /// Makes a folder in the folder.
    package func makeFolder(_ name: String) { mkdir(path(name), 0o755) }

    /// Writes a whole file in the folder.
    package func write(_ bytes: [UInt8], to name: String) {
        guard let file = fopen(path(name), "w") else { preconditionFailure("cannot write \(path(name))") }
        fwrite(bytes, 1, bytes.count, file)
        fclose(file)
    }

    /// The bytes of a file; none if there is none.
    package func read(_ name: String) -> [UInt8] {
        guard let file = fopen(path(name), "r") else { return [] }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        let count = fread(&bytes, 1, bytes.count, file)
        return Array(bytes.prefix(count))
    }

    /// Moves what the folder holds.
    package func move(_ name: String, to other: String) {
        precondition(rename(path(name), path(other)) == 0, "cannot move \(name)")
    }

    private static func remove(_ path: String) {
        if let folder = opendir(path) {
            while let entry = readdir(folder) {
                let bytes = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
                let name = String(decoding: bytes, as: UTF8.self)
                if name != ".", name != ".." { remove("\(path)/\(name)") }
            }
            closedir(folder)
            rmdir(path)
        } else {
            unlink(path)
        }
    }
}
