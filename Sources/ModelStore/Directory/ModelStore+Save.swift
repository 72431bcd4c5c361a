import Glibc

/// How a model is saved.
public struct SaveOptions: Hashable, Sendable {
    /// What the writer knows of the model; it wins over what is found in the file and beside it.
    public var details = ModelDetails()
    /// Whether the new version is promoted.
    public var promotes = true
    /// Whether it is promoted anyway if nothing is yet.
    public var promotesFirst = true
    /// How many of the newest versions stay; nil removes none. See ``ModelStore/prune(_:keeping:)``.
    public var keep: Int?
    /// Whether a model that Apus cannot serve is refused.
    public var refusesUnservable = true

    /// Promotes, removes nothing, refuses what Apus cannot serve.
    public init() {}
}

/// What saving a model did.
public struct SavedModel: Hashable, Sendable {
    /// The new version.
    public let version: StoredVersion
    /// Whether it was promoted.
    public let isPromoted: Bool
    /// The versions that were removed, oldest first.
    public let removed: [ModelVersion]
}

extension ModelStore {
    /// Saves a model as its next version, and promotes it.
    ///
    /// A file that servers read already, but that is of no version, becomes one first, so that it can be returned to.
    ///
    /// - Parameters:
    ///   - source: a model's file, or a folder that holds one by KServe's rule. What a `metadata.json` in the folder
    ///     says of the model is taken over.
    ///   - options: what is known of the model, and what happens to the versions there are.
    /// - Throws: ``StoreError``; what is promoted stays so, and a version that was saved before the failure is named.
    @discardableResult
    public func save(
        _ name: ModelName, from source: String, options: SaveOptions = SaveOptions()
    ) throws(StoreError) -> SavedModel {
        let (file, found) = try modelFile(at: source)
        return try save(name, source, found, options) { folder throws(StoreError) in try draft(of: file, in: folder) }
    }

    /// Saves a model as its next version, and promotes it, from the bytes of its file.
    ///
    /// - Throws: as of ``save(_:from:options:)``.
    @discardableResult
    public func save(
        _ name: ModelName, bytes: [UInt8], options: SaveOptions = SaveOptions()
    ) throws(StoreError) -> SavedModel {
        try save(name, "what was to be saved", ModelDetails(), options) { folder throws(StoreError) in
            try draft(of: bytes, in: folder)
        }
    }

    private func save(
        _ name: ModelName, _ source: String, _ found: ModelDetails, _ options: SaveOptions,
        _ makeDraft: (_ folder: String) throws(StoreError) -> VersionDraft
    ) throws(StoreError) -> SavedModel {
        if let keep = options.keep { try Self.check(keep: keep) }
        let isNew = try makeFolder(of: name)
        let version: StoredVersion
        let isPromoted: Bool
        do throws(StoreError) {
            let promoted = try settle(name)
            isPromoted = options.promotes || promoted == nil && options.promotesFirst
            version = try addVersion(of: name, source, found, options, makeDraft)
        } catch {
            // Not before a temporary folder in it is gone, so that it is empty unless somebody else uses it.
            if isNew { rmdir(layout.folder(of: name)) }
            throw error
        }
        do throws(StoreError) {
            if isPromoted { try promote(name, version.version) }
            let removed = try options.keep.map { keep throws(StoreError) in try prune(name, keeping: keep) }
            return SavedModel(version: version, isPromoted: isPromoted, removed: removed ?? [])
        } catch {
            throw StoreError(error.code, "\(name) \(version.version) is saved, but then: \(error)")
        }
    }

    /// The model's file at a path that is named for saving, and what is said of it beside it.
    func modelFile(at source: String) throws(StoreError) -> (path: String, details: ModelDetails) {
        guard let status = try FileStatus(of: source) else { throw .system("read", source, ENOENT) }
        guard status.kind == .folder else { return (source, ModelDetails()) }
        let file = try modelFile(inFolder: source) { path throws(StoreError) in try FileStatus(of: path) }
        guard let file else {
            throw StoreError(
                .notFound, "\(source) holds no model file (*\(StoreLayout.modelExtensions.joined(separator: ", *")))")
        }
        let metadata = "\(source)/\(StoreLayout.metadataFile)"
        guard try FileStatus(of: metadata) != nil else { return (file.path, ModelDetails()) }
        let bytes = try Files.contents(of: metadata, limit: Self.maximumMetadataBytes).bytes
        do throws(StoreError) { return (file.path, ModelDetails(foreign: try JSONValue(parsing: bytes))) } catch {
            throw StoreError(.malformed, "\(metadata) is \(error)")
        }
    }

    /// Makes a model's folder, and the store's if only that is missing.
    ///
    /// - Returns: whether the model's folder was made.
    func makeFolder(of name: ModelName) throws(StoreError) -> Bool {
        let root = layout.path
        if try FileStatus(of: root) == nil { try Files.makeFolder(root, in: Files.parent(of: root)) }
        let folder = layout.folder(of: name)
        if let status = try status(of: folder) {
            guard status.kind == .folder else {
                throw StoreError(.refused, "\(folder) is not a folder: move it away to save \(name)")
            }
            return false
        }
        guard try Files.makeFolder(folder, in: root) else { return false }
        try Files.synchronize(root)
        return true
    }

    private func addVersion(
        of name: ModelName, _ source: String, _ found: ModelDetails, _ options: SaveOptions,
        _ makeDraft: (_ folder: String) throws(StoreError) -> VersionDraft
    ) throws(StoreError) -> StoredVersion {
        let draft = try makeDraft(layout.folder(of: name))
        let facts = try examined(draft.file, from: source, refusesUnservable: options.refusesUnservable)
        sweep(name, now: draft.status.modified)
        return try commit(draft, of: name, options.details.merging(found).merging(facts))
    }
}
