public import ModelStore

/// A folder of this machine that holds models from elsewhere, so that they are served from files.
///
/// Each URI at a server has a folder of its own, in which the model's file is `model.pkl`, with its metadata and the
/// versions that get traffic beside it, as in a store. A file appears under its name when it is whole. Several
/// processes may use one cache; all of it can be removed while none does.
public struct ModelCache: Sendable {
    /// The folder.
    public let path: String
    private let writer: String

    /// A cache in a folder, which need not be there yet.
    ///
    /// - Parameter writer: the program and its release, as metadata names it.
    public init(path: String, writer: String) {
        self.path = path
        self.writer = writer
    }

    /// Where a model lies once it was fetched.
    public func folder(of model: RemoteModel) -> String {
        let name = String(model.uri.modelName.prefix(60).map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" })
        return "\(path)/\(name)-\(SignatureV4.sha256(model.identity.utf8).prefix(12))"
    }

    /// What is in the cache of a model.
    public struct Fetched: Hashable, Sendable {
        /// The folder that holds it.
        public let folder: String
        /// What the source says of the model.
        public let details: ModelDetails
        /// The number of its version, if it has one.
        public let version: ModelVersion?
        /// Whether it is another one than was there before.
        public let isNew: Bool
    }

    /// Brings a model's files into the cache, unless they are there and the source still has the same.
    ///
    /// - Throws: ``ModelStore/StoreError``; what was there before is still there.
    @discardableResult
    public func fetch(_ model: RemoteModel) async throws(StoreError) -> Fetched {
        let folder = folder(of: model)
        try Self.makeFolders(folder)
        let lock = try await FileLock("\(folder)/.lock")
        defer { withExtendedLifetime(lock) {} }
        var selection = try await ModelSelection(in: model.source, model.uri)
        while true {
            let update = CacheUpdate(model: model, selection: selection, folder: folder, writer: writer)
            if update.isNeedless { return Fetched(folder, selection, isNew: false) }
            do throws(StoreError) {
                try await update.run()
                return Fetched(folder, selection, isNew: true)
            } catch {
                // Where the source has another model by now, that one is wanted.
                guard [.refused, .corrupted, .notFound].contains(error.code) else { throw error }
                let newer = try await ModelSelection(in: model.source, model.uri)
                guard newer.revision != selection.revision else { throw error }
                selection = newer
            }
        }
    }

    /// Removes a model from the cache.
    public func remove(_ model: RemoteModel) { Files.clear(folder(of: model)) }

    /// Makes a folder and those around it.
    static func makeFolders(_ path: String) throws(StoreError) {
        guard try FileStatus(of: path) == nil else { return }
        let parent = Files.parent(of: path)
        try makeFolders(parent)
        try Files.makeFolder(path, in: parent)
    }
}

extension ModelCache.Fetched {
    fileprivate init(_ folder: String, _ selection: ModelSelection, isNew: Bool) {
        self.init(folder: folder, details: selection.details, version: selection.version, isNew: isNew)
    }
}
