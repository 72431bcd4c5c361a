import ModelStore

/// Makes a folder of the cache hold what a source has: first all files are brought beside their places, then each is
/// renamed, in the order in which a store promotes a version.
struct CacheUpdate: Sendable {
    /// Where files lie until all are there.
    private static let stage = ".next"
    /// Where files lie that are being downloaded.
    private static let partial = ".partial"

    let model: RemoteModel
    let selection: ModelSelection
    let folder: String
    let writer: String

    /// Whether the folder holds all that the source has.
    var isNeedless: Bool {
        guard let record = CacheRecord(ofFolder: folder), record.revision == selection.revision else { return false }
        return record.entries.contains { $0.path == StoreLayout.modelFile }
            && record.entries.allSatisfy { entry in (try? FileStatus(of: path(entry.path)))?.size == entry.size }
    }

    func run() async throws(StoreError) {
        Files.clear(path(Self.stage))
        try ModelCache.makeFolders(path(Self.stage))
        try ModelCache.makeFolders(path(Self.partial))
        let others = selection.others.map { ($0.path, $0) }
        // Versions come before the model, whose metadata and traffic may name them.
        let files =
            others.filter { $0.0.contains("/") } + [(StoreLayout.modelFile, selection.model)]
            + others.filter { !$0.0.contains("/") }
        let old = CacheRecord(ofFolder: folder)
        for (path, file) in files where !has(path, file, old) { try await bring(file, as: path) }
        var paths = files.map(\.0)
        if let sidecar = try describe() { paths.append(sidecar) }
        try place(paths)
        // What the source does not have any more goes last, so that a model is there at every moment.
        for entry in old?.entries ?? [] where !paths.contains(entry.path) { Files.clear(path(entry.path)) }
        for partial in try Files.entries(ofFolder: path(Self.partial)) ?? [] {
            Files.clear(path("\(Self.partial)/\(partial.name)"))
        }
        try record(paths, Dictionary(files) { first, _ in first })
    }

    private func path(_ name: String) -> String { "\(folder)/\(name)" }

    /// Whether a file is in its place from before, and the source still has the same.
    private func has(_ path: String, _ file: RemoteFile, _ old: CacheRecord?) -> Bool {
        guard let entry = old?.entries.first(where: { $0.path == path }), let validator = file.validator else {
            return false
        }
        return entry.validator == validator && (try? FileStatus(of: self.path(path)))?.size == entry.size
    }

    private func bring(_ file: RemoteFile, as path: String) async throws(StoreError) {
        let staged = self.path("\(Self.stage)/\(path)")
        let stage = Files.parent(of: staged)
        try ModelCache.makeFolders(stage)
        let identity = SignatureV4.sha256("\(file.location)\n\(file.validator ?? "")".utf8).prefix(16)
        try await FileDownload(source: model.source, file: file, settings: model.download).run(
            to: staged, in: stage, partial: self.path("\(Self.partial)/\(identity)"),
            in: self.path(Self.partial))
    }

    /// Writes metadata for a model whose source knows its version but has no metadata beside it, as MLflow.
    ///
    /// - Returns: the name of the file.
    private func describe() throws(StoreError) -> String? {
        guard let version = selection.version, !selection.others.contains(where: { $0.path.hasSuffix(".json") }) else {
            return nil
        }
        let staged = path("\(Self.stage)/\(StoreLayout.modelFile)")
        let file = try FileStatus(of: staged) == nil ? path(StoreLayout.modelFile) : staged
        let digest = try Files.digest(of: file)
        let now = Timestamp.now.iso8601
        let metadata = ModelMetadata(
            name: model.uri.modelName, version: version, id: selection.revision ?? "", created: now,
            details: selection.details, size: digest.size, sha256: digest.sha256, writtenBy: writer)
        let name = "\(model.uri.modelName)_metadata.json"
        let json = PromotedMetadata(metadata, promoted: now, history: []).json
        try TemporaryItem.replace(path("\(Self.stage)/\(name)"), in: path(Self.stage), with: json.encoded())
        return name
    }

    /// Puts what was brought in its place.
    private func place(_ paths: [String]) throws(StoreError) {
        for path in paths {
            let staged = self.path("\(Self.stage)/\(path)")
            guard try FileStatus(of: staged) != nil else { continue }
            let destination = self.path(path)
            let parent = Files.parent(of: destination)
            try ModelCache.makeFolders(parent)
            try Files.move(staged, to: destination, in: parent)
        }
        Files.clear(path(Self.stage))
    }

    private func record(_ paths: [String], _ files: [String: RemoteFile]) throws(StoreError) {
        var entries: [CacheRecord.Entry] = []
        for path in paths {
            let size = try FileStatus(of: self.path(path))?.size ?? 0
            entries.append(CacheRecord.Entry(path: path, size: size, validator: files[path]?.validator))
        }
        try CacheRecord(uri: model.uri.description, revision: selection.revision, entries: entries)
            .write(toFolder: folder)
    }
}
