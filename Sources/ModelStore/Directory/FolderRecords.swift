/// What a model's folder says of the files in it, for a server that has read one of them.
///
/// The folder may be one of a store, or a store's folder that is mounted alone, so it goes by no name.
package struct FolderRecords: Sendable {
    private let path: String

    /// The records of the folder at a path.
    package init(path: String) { self.path = path }

    /// The metadata of the file at the top of the folder, by its content.
    ///
    /// The file is the truth: where the metadata beside it is of another file, as it is for a moment while a version is
    /// promoted, that of the version with this content counts.
    ///
    /// - Parameter sidecar: the name of the metadata at the top; nil if there is none.
    /// - Returns: nil if nothing is recorded.
    /// - Throws: ``StoreError`` if the metadata is of a file that is neither this one nor a version's copy.
    package func promoted(_ content: ModelContent, sidecar: String?) throws(StoreError) -> ModelMetadata? {
        guard let sidecar, let claim = try promotedMetadata(sidecar) else { return try version(of: content) }
        if claim.matches(content) { return claim }
        if let version = try version(of: content) { return version }
        throw StoreError(
            .malformed,
            """
            the file has \(content.size) bytes and SHA-256 \(content.sha256.prefix(12))..., but \(sidecar) says \
            \(claim.size) and \(claim.sha256.prefix(12))...: it is damaged, or was replaced without its metadata \
            (`apus models migrate` makes a file that was replaced on purpose a version)
            """)
    }

    /// The metadata of a version's file.
    ///
    /// - Returns: nil if the version has none, as those of other tools.
    /// - Throws: ``StoreError`` if it is of another file.
    package func version(
        _ version: ModelVersion, inFolder folder: String, _ content: ModelContent
    ) throws(StoreError) -> ModelMetadata? {
        guard let metadata = try metadata(at: "\(folder)/\(StoreLayout.metadataFile)") else { return nil }
        guard metadata.matches(content) else {
            throw StoreError(
                .malformed,
                """
                \(version) has \(content.size) bytes and SHA-256 \(content.sha256.prefix(12))..., but its metadata \
                says \(metadata.size) and \(metadata.sha256.prefix(12))...: it is damaged
                """)
        }
        return metadata
    }

    /// How requests are split.
    ///
    /// - Throws: ``StoreError`` if the file is not what it should be.
    package func traffic() throws(StoreError) -> Traffic {
        try json(at: "\(path)/\(StoreLayout.trafficFile)").map(Traffic.init(json:)) ?? Traffic()
    }

    /// The newest version with a content.
    private func version(of content: ModelContent) throws(StoreError) -> ModelMetadata? {
        let versions = (try Files.entries(ofFolder: path) ?? [])
            .compactMap { entry in StoreLayout.version(named: entry.name).map { ($0, entry.name) } }
            .sorted { $0.0 > $1.0 }
        for (_, folder) in versions {
            // A version that cannot be read is not the one that was.
            let metadata = try? metadata(at: "\(path)/\(folder)/\(StoreLayout.metadataFile)")
            if let metadata, metadata.matches(content) { return metadata }
        }
        return nil
    }

    private func promotedMetadata(_ sidecar: String) throws(StoreError) -> ModelMetadata? {
        guard let json = try json(at: "\(path)/\(sidecar)"), json.object?["sha256"] != nil else { return nil }
        return try PromotedMetadata(json: json).metadata
    }

    private func metadata(at path: String) throws(StoreError) -> ModelMetadata? {
        try json(at: path).map(ModelMetadata.init(json:))
    }

    private func json(at path: String) throws(StoreError) -> JSONValue? {
        guard try FileStatus(of: path) != nil else { return nil }
        do throws(StoreError) {
            return try JSONValue(
                parsing: try Files.contents(of: path, limit: ModelStore.maximumMetadataBytes).bytes)
        } catch {
            throw StoreError(error.code, "\(path): \(error)")
        }
    }
}

/// A model file that was read, to be compared with what metadata says of it.
package struct ModelContent: Sendable {
    private let bytes: [UInt8]

    /// A file's bytes.
    package init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Their number.
    package var size: Int { bytes.count }
    /// Their checksum; computed each time, as most files of a large store have no metadata to compare it with.
    package var sha256: String { FileDigest(bytes).sha256 }
}

extension ModelMetadata {
    fileprivate func matches(_ content: ModelContent) -> Bool { size == content.size && sha256 == content.sha256 }
}
