import ModelStore

/// A place in the file system where the server was told to find a model, or a folder of models.
public struct ModelSource: Hashable, Sendable {
    /// A model file, a folder that holds one, or a folder of such folders.
    public let path: String
    /// The name of the model at the path itself.
    public let name: String

    /// A place, and what the model there is called.
    ///
    /// - Parameter name: nil takes it from the path: a folder's own name; for a file `model.pkl` (or another preferred
    ///   name) that of the folder around it; for another file its name up to the extension.
    public init(path: String, name: String? = nil) {
        self.path = path
        self.name = name ?? Self.name(ofPath: path)
    }

    private static func name(ofPath path: String) -> String {
        var parts = FilePaths.absolute(path).split(separator: "/").filter { $0 != "." }
        guard let last = parts.popLast() else { return "model" }
        let file = String(last)
        guard StoreLayout.isModelFile(file) else { return file }
        if StoreLayout.preferredFiles.contains(file), let folder = parts.last { return String(folder) }
        return String(file[..<(file.lastIndex(of: ".") ?? file.endIndex)])
    }
}
