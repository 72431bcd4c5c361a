import Glibc

/// A version before it has a number: a folder beside its place, with the model's file already in it.
struct VersionDraft: ~Copyable {
    let folder: TemporaryItem
    let digest: FileDigest
    /// What the system says of the file.
    let status: FileStatus

    /// The model's file.
    var file: String { "\(folder.path)/\(StoreLayout.modelFile)" }
}

extension ModelStore {
    /// The most numbers that are tried for a version; as many others were saved meanwhile.
    private static let maximumAttempts = 1_000

    /// Copies a model's file to where it can become a version.
    func draft(of source: String, in folder: String) throws(StoreError) -> VersionDraft {
        try draft(in: folder, source) { file throws(StoreError) in try Files.copy(source, to: file) }
    }

    /// Writes the bytes of a model's file to where they can become a version.
    func draft(of bytes: [UInt8], in folder: String) throws(StoreError) -> VersionDraft {
        try draft(in: folder, "the model's file") { file throws(StoreError) in
            try Files.write(bytes, to: file)
            return FileDigest(bytes)
        }
    }

    private func draft(
        in folder: String, _ source: String, _ fill: (_ file: String) throws(StoreError) -> FileDigest
    ) throws(StoreError) -> VersionDraft {
        let item = TemporaryItem("version", in: folder)
        let file = "\(item.path)/\(StoreLayout.modelFile)"
        try Files.makeFolder(item.path, in: folder)
        let digest = try fill(file)
        guard digest.size > 0 else { throw StoreError(.invalidModel, "\(source) is empty") }
        guard let status = try FileStatus(of: file) else { throw removed(folder) }
        return VersionDraft(folder: item, digest: digest, status: status)
    }

    /// Makes a draft the next version: the rename that does so fails if another writer took the number, and the next
    /// one is tried.
    ///
    /// - Parameter isAdopted: whether the bytes are of a file that several writers may make a version at once. The
    ///   first one does, and the others get that version.
    func commit(
        _ draft: consuming VersionDraft, of name: ModelName, _ details: ModelDetails, isAdopted: Bool = false
    ) throws(StoreError) -> StoredVersion {
        let folder = layout.folder(of: name)
        let metadataFile = "\(draft.folder.path)/\(StoreLayout.metadataFile)"
        let id = Self.newIdentifier()
        let created = Self.now()
        var taken = 0
        for _ in 0..<Self.maximumAttempts {
            let found = try self.folder(of: name)
            guard let version = ModelVersion(max(found?.highest?.number ?? 0, taken) + 1) else { break }
            // Looked for after the number was: who adopts the file from now on takes the number.
            if isAdopted, let adopted = try self.version(of: draft.digest, name) { return adopted }
            let metadata = ModelMetadata(
                name: name.text, version: version, id: id, created: created, details: details,
                size: draft.digest.size, sha256: draft.digest.sha256, writtenBy: writer)
            try Files.remove(file: metadataFile)
            try Files.write(metadata.json.encoded(), to: metadataFile)
            try Files.synchronize(draft.folder.path)
            let place = layout.folder(of: version, of: name)
            guard try put(draft.folder.path, at: place, metadata, in: folder) else {
                taken = version.number
                continue
            }
            try Files.synchronize(folder)
            let file = StoredFile("\(place)/\(StoreLayout.modelFile)", draft.status)
            return StoredVersion(
                name: name, version: version, path: place, file: file, metadata: metadata, problem: nil)
        }
        throw StoreError(.refused, "no number is left for a new version of \(name)")
    }

    /// Renames a draft's folder to that of a version.
    ///
    /// - Returns: whether that was done; false if the number is taken.
    func put(
        _ draft: String, at place: String, _ metadata: ModelMetadata, in folder: String
    ) throws(StoreError) -> Bool {
        guard rename(draft, place) != 0 else { return true }
        switch errno {
        case EEXIST, ENOTEMPTY, ENOTDIR: return false
        case ENOENT:
            // NFS sends a rename again when its answer is lost, and the second one finds nothing to rename.
            let placed = try? json(of: "\(place)/\(StoreLayout.metadataFile)")
            guard placed?.object?["id"]?.string == metadata.id else { throw removed(folder) }
            return true
        case let number: throw .system("write", place, number)
        }
    }

    private func removed(_ folder: String) -> StoreError {
        StoreError(.notFound, "\(folder) was removed while a version was saved in it")
    }
}
