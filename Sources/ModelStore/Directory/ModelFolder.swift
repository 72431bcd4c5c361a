/// One look at a model's folder: what lies at its top.
struct ModelFolder {
    let name: ModelName
    let path: String
    /// The model files at the top, by name.
    let candidates: [StoredFile]
    /// The folders of versions, deleted ones included, oldest first.
    let versions: [(version: ModelVersion, path: String)]
    /// Files and folders that are being written, or were when their writer died.
    let temporaryItems: [String]

    /// The version whose number no later one may have.
    var highest: ModelVersion? { versions.last?.version }

    /// The file that servers read: one of a preferred name, or the only one.
    ///
    /// - Throws: ``StoreError/Code/refused`` with KServe's sentence if several could be meant.
    func file() throws(StoreError) -> StoredFile? { try Self.file(of: candidates, in: path) }

    static func file(of candidates: [StoredFile], in path: String) throws(StoreError) -> StoredFile? {
        for preferred in StoreLayout.preferredFiles {
            if let file = candidates.first(where: { $0.path == "\(path)/\(preferred)" }) { return file }
        }
        guard candidates.count > 1 else { return candidates.first }
        let paths = candidates.map { "PosixPath('\($0.path)')" }.joined(separator: ", ")
        throw StoreError(
            .refused, "More than one model file is detected, Only one is allowed within model_dir: [\(paths)]")
    }
}

extension ModelStore {
    /// Looks at a model's folder; nil if there is none.
    func folder(of name: ModelName) throws(StoreError) -> ModelFolder? {
        let path = layout.folder(of: name)
        guard try status(of: path)?.kind == .folder, let entries = try Files.entries(ofFolder: path) else { return nil }
        var versions: [ModelVersion: String] = [:]
        for entry in entries where entry.kind == .folder || entry.kind == .link {
            // Of `3` and `v3` the store's own spelling is meant; it comes later.
            if let version = StoreLayout.version(named: entry.name) { versions[version] = "\(path)/\(entry.name)" }
        }
        return ModelFolder(
            name: name, path: path,
            candidates: try modelFiles(in: path, entries.map(\.name)) { path throws(StoreError) in
                try status(of: path)
            },
            versions: versions.sorted { $0.key < $1.key }.map { (version: $0.key, path: $0.value) },
            temporaryItems: entries.map(\.name).filter { $0.hasPrefix(StoreLayout.temporaryPrefix) }
                .map { "\(path)/\($0)" })
    }

    /// The model files among the entries of a folder.
    private func modelFiles(
        in path: String, _ names: [String], _ status: (String) throws(StoreError) -> FileStatus?
    ) throws(StoreError) -> [StoredFile] {
        var files: [StoredFile] = []
        for name in names where StoreLayout.isModelFile(name) {
            let file = "\(path)/\(name)"
            if let status = try status(file), status.kind == .file { files.append(StoredFile(file, status)) }
        }
        return files
    }

    /// The model file in a folder, by KServe's rule; the folder need not be of the store.
    func modelFile(
        inFolder path: String, _ status: (String) throws(StoreError) -> FileStatus?
    ) throws(StoreError) -> StoredFile? {
        let names = try Files.entries(ofFolder: path)?.map(\.name) ?? []
        return try ModelFolder.file(of: try modelFiles(in: path, names, status), in: path)
    }

    /// A model's folder.
    ///
    /// - Throws: ``StoreError/Code/notFound`` if there is none.
    func requireFolder(of name: ModelName) throws(StoreError) -> ModelFolder {
        if let folder = try folder(of: name) { return folder }
        if let file = try legacyFile(of: name) {
            throw StoreError(
                .refused, "\(name) lies in an older layout, as \(file.path): migrate it first (apus models migrate)")
        }
        throw StoreError(.notFound, "there is no model \(name) in \(layout.path)")
    }

    /// The file of a model that lies beside the folders, as older tools put it; nil if there is none.
    func legacyFile(of name: ModelName) throws(StoreError) -> StoredFile? {
        let path = layout.legacyFile(of: name)
        guard let status = try status(of: path), status.kind == .file else { return nil }
        return StoredFile(path, status)
    }
}
