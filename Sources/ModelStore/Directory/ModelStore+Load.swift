/// A model's file, read and compared with what was saved.
public struct LoadedFile: Sendable {
    /// Where it was read.
    public let path: String
    /// Its content.
    public let bytes: [UInt8]
    /// The version it is of; nil if it is of none.
    public let version: ModelVersion?
    /// What is known of it; nil if nothing is.
    public let metadata: ModelMetadata?
}

extension ModelStore {
    /// The most bytes of a model's file that are read into memory.
    public static let maximumModelBytes = 4 << 30

    /// Reads a model's file in one pass, and compares it with the checksum that was saved with it.
    ///
    /// A promoted file of which nothing is said was put there by other tools; it is read as it is.
    ///
    /// - Parameter version: which version; nil for the promoted one.
    /// - Throws: ``StoreError/Code/notFound`` if there is none, ``StoreError/Code/corrupted`` if it is another than was
    ///   saved.
    public func load(_ name: ModelName, _ version: ModelVersion? = nil) throws(StoreError) -> LoadedFile {
        try withFile(of: name, version) { file throws(StoreError) in
            let (bytes, digest) = try Files.contents(of: file.path, limit: Self.maximumModelBytes)
            let (version, metadata) = try verified(name, version, file, digest)
            return LoadedFile(path: file.path, bytes: bytes, version: version, metadata: metadata)
        }
    }

    /// Copies a model's file out of the store, compared with the checksum that was saved with it.
    ///
    /// - Parameters:
    ///   - version: which version; nil for the promoted one.
    ///   - destination: a path in a folder that exists; a file there is replaced at once, when the copy is whole.
    /// - Returns: the version that was copied, and what is known of it; nil if nothing is.
    @discardableResult
    public func copy(
        _ name: ModelName, _ version: ModelVersion? = nil, to destination: String
    ) throws(StoreError) -> (version: ModelVersion?, metadata: ModelMetadata?) {
        try withFile(of: name, version) { file throws(StoreError) in
            let folder = Files.parent(of: destination)
            let item = TemporaryItem("load", in: folder)
            let known = try verified(name, version, file, try Files.copy(file.path, to: item.path))
            try Files.move(item.path, to: destination, in: folder)
            return known
        }
    }

    /// Reads the file of a model or one of its versions; again if another one was put in its place meanwhile, so that
    /// what was read is not compared with what is said of that one.
    private func withFile<Result>(
        of name: ModelName, _ version: ModelVersion?, _ read: (StoredFile) throws(StoreError) -> Result
    ) throws(StoreError) -> Result {
        while true {
            let file = try loadable(name, version)
            do throws(StoreError) { return try read(file) } catch {
                if try status(of: file.path).map({ StoredFile(file.path, $0) }) == file { throw error }
            }
        }
    }

    /// The file to read for a model or one of its versions.
    private func loadable(_ name: ModelName, _ version: ModelVersion?) throws(StoreError) -> StoredFile {
        guard let folder = try folder(of: name) else {
            if version == nil, let file = try legacyFile(of: name) { return file }
            // Says what is wrong.
            _ = try requireFolder(of: name)
            throw StoreError(.notFound, "there is no model \(name) in \(layout.path)")
        }
        if let version { return try usable(version, in: folder).file }
        guard let file = try folder.file() else {
            throw StoreError(.notFound, "no version of \(name) is promoted: there is no model file in \(folder.path)")
        }
        return file
    }

    /// What is known of a file with a content.
    private func verified(
        _ name: ModelName, _ version: ModelVersion?, _ file: StoredFile, _ digest: FileDigest
    ) throws(StoreError) -> (version: ModelVersion?, metadata: ModelMetadata?) {
        if let version {
            let metadata = try usable(version, in: try requireFolder(of: name)).version.metadata
            if let metadata { try Self.check(digest, metadata, file.path) }
            return (version, metadata)
        }
        let found = try identify(file, digest, of: name)
        try found.checkClaim()
        return (found.number, found.told?.metadata)
    }
}
