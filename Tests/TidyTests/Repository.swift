import Foundation

/// The files of this repository, as they lie on disk.
enum Repository {
    static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    static func isExecutable(_ path: String) -> Bool {
        FileManager.default.isExecutableFile(atPath: root.appending(path: path).path)
    }

    /// The names in a folder, sorted; none if there is no such folder.
    static func names(in folder: String) -> [String] {
        let names = try? FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path)
        return (names ?? []).filter { !$0.hasPrefix(".") && $0 != "__pycache__" }.sorted()
    }

    /// The paths of all files below some folders with one of the endings; hidden folders and generated code left out.
    static func paths(below folders: [String], endings: [String]) -> [String] {
        folders.flatMap { folder -> [String] in
            names(in: folder).filter { $0 != "Generated" }.flatMap { name -> [String] in
                let path = "\(folder)/\(name)"
                let isFolder = (try? root.appending(path: path).resourceValues(forKeys: [.isDirectoryKey]).isDirectory)
                if isFolder == true { return paths(below: [path], endings: endings) }
                return endings.contains { name.hasSuffix($0) } ? [path] : []
            }
        }
    }

    static func sources(below folders: [String]) throws -> [SwiftSource] {
        try paths(below: folders, endings: [".swift"]).map { SwiftSource(path: $0, text: try text($0)) }
    }
}
