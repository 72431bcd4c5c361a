extension ModelStore {
    /// The versions of a model that are not deleted, oldest first.
    func versions(in folder: ModelFolder) -> [StoredVersion] {
        folder.versions.compactMap { version($0.version, at: $0.path, of: folder.name) }
    }

    /// A version of a model.
    ///
    /// - Throws: ``StoreError/Code/notFound`` that names the versions there are.
    func version(_ version: ModelVersion, in folder: ModelFolder) throws(StoreError) -> StoredVersion {
        if let path = folder.versions.first(where: { $0.version == version })?.path,
            let found = self.version(version, at: path, of: folder.name)
        {
            return found
        }
        let others = versions(in: folder).map { "\($0.version)" }
        throw StoreError(
            .notFound,
            "\(folder.name) has no version \(version); "
                + (others.isEmpty ? "it has none" : "it has \(others.joined(separator: ", "))"))
    }

    /// A version of a model with a file that can be used.
    ///
    /// - Throws: ``StoreError`` also if something is wrong with the version.
    func usable(
        _ version: ModelVersion, in folder: ModelFolder
    ) throws(StoreError) -> (version: StoredVersion, file: StoredFile) {
        let version = try self.version(version, in: folder)
        if let problem = version.problem { throw problem }
        guard let file = version.file else { throw StoreError(.notFound, "\(version.path) holds no model file") }
        return (version, file)
    }

    /// Looks at a version; nil if it is deleted, or being deleted.
    func version(_ version: ModelVersion, at path: String, of name: ModelName) -> StoredVersion? {
        var file: StoredFile?
        var metadata: ModelMetadata?
        var problem: StoreError?
        do throws(StoreError) {
            guard try status(of: path)?.kind == .folder, try !isDeleted(path) else { return nil }
            metadata = try versionMetadata(at: path)
            file = try modelFile(ofVersionAt: path, metadata)
            if file == nil { problem = StoreError(.notFound, "\(path) holds no model file") }
        } catch {
            problem = error
        }
        // What is missing may have been removed a moment ago.
        if problem != nil, (try? isDeleted(path)) ?? false { return nil }
        return StoredVersion(name: name, version: version, path: path, file: file, metadata: metadata, problem: problem)
    }

    /// Whether the folder of a version is marked as deleted.
    func isDeleted(_ path: String) throws(StoreError) -> Bool {
        try FileStatus(of: "\(path)/\(StoreLayout.tombstoneFile)") != nil
    }

    /// What a version says of itself; nil if nothing is said, or not in the store's own terms.
    private func versionMetadata(at path: String) throws(StoreError) -> ModelMetadata? {
        let metadataPath = "\(path)/\(StoreLayout.metadataFile)"
        guard let json = try json(of: metadataPath), json.object?["sha256"] != nil else { return nil }
        do throws(StoreError) { return try ModelMetadata(json: json) } catch {
            throw StoreError(.malformed, "\(metadataPath): \(error)")
        }
    }

    private func modelFile(
        ofVersionAt path: String, _ metadata: ModelMetadata?
    ) throws(StoreError) -> StoredFile? {
        guard let metadata else {
            return try modelFile(inFolder: path) { path throws(StoreError) in try status(of: path) }
        }
        let file = "\(path)/\(metadata.file)"
        guard let status = try status(of: file), status.kind == .file else { return nil }
        return StoredFile(file, status)
    }

    /// What a version says of itself, or else what can be said of it from its file.
    func described(
        _ version: StoredVersion, _ file: StoredFile, _ digest: FileDigest
    ) throws(StoreError) -> ModelMetadata {
        if let metadata = version.metadata { return metadata }
        let found = ModelDetails(foreign: try json(of: "\(version.path)/\(StoreLayout.metadataFile)"))
        return ModelMetadata(
            name: version.name.text, version: version.version, id: Self.newIdentifier(),
            created: file.modified.iso8601, details: found.merging(facts(of: file.path)), size: digest.size,
            sha256: digest.sha256, writtenBy: writer)
    }
}
