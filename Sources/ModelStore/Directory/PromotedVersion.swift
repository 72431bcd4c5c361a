/// What the file at the top of a model's folder really is.
///
/// The file is the truth: the promoted version is the one whose checksum is the file's. The metadata beside it is
/// only a cache of that, which a writer that was killed between two renames leaves behind the truth.
struct PromotedVersion {
    /// The file.
    let file: StoredFile
    /// Its content.
    let digest: FileDigest
    /// The version with that content; nil if there is none.
    let version: StoredVersion?
    /// What the metadata beside the file claims, of this file or of an earlier one.
    let claim: PromotedMetadata?

    /// Whether the metadata beside the file is of this file.
    var isTold: Bool { claim.map { $0.metadata.sha256 == digest.sha256 && $0.metadata.size == digest.size } ?? false }

    /// The number of the version with the file's content.
    var number: ModelVersion? { isTold ? claim?.metadata.version : version?.version }

    /// The versions promoted before, oldest first, as far as the metadata remembers.
    var history: [ModelVersion] {
        guard let claim, !isTold else { return claim?.history ?? [] }
        // The claim is of the version before this one, unless this one came back by a rollback.
        if let version, claim.history.last == version.version { return claim.history.dropLast() }
        return claim.history + [claim.metadata.version]
    }

    /// Checks that the file is one that the metadata beside it, or a version, knows.
    ///
    /// - Throws: ``StoreError/Code/corrupted`` if it is of no version, although the metadata says so.
    func checkClaim() throws(StoreError) {
        guard number == nil, let claim else { return }
        try ModelStore.check(digest, claim.metadata, file.path)
    }

    /// The metadata that is true of the file; nil if nothing is known of it.
    var told: PromotedMetadata? {
        if isTold { return claim }
        return version?.metadata.map { PromotedMetadata($0, promoted: nil, history: history) }
    }
}

extension ModelStore {
    /// The metadata at the top of a model's folder; nil if there is none, or none in the store's own terms.
    ///
    /// - Throws: ``StoreError/Code/malformed`` if it is not what it should be.
    func promotedMetadata(of name: ModelName) throws(StoreError) -> PromotedMetadata? {
        let path = layout.promotedMetadata(of: name)
        guard let json = try json(of: path), json.object?["sha256"] != nil else { return nil }
        do throws(StoreError) { return try PromotedMetadata(json: json) } catch {
            throw StoreError(.malformed, "\(path): \(error)")
        }
    }

    /// Finds out what the file at the top of a model's folder is, by reading it.
    func identify(_ file: StoredFile, of name: ModelName) throws(StoreError) -> PromotedVersion {
        try identify(file, try Files.digest(of: file.path), of: name)
    }

    /// Finds out what the file at the top of a model's folder is, by its content.
    func identify(
        _ file: StoredFile, _ digest: FileDigest, of name: ModelName
    ) throws(StoreError) -> PromotedVersion {
        // A cache that cannot be read is none.
        let claim = try? promotedMetadata(of: name)
        // A version is there before its copy at the top is, so it is looked for after that was read.
        let version = try version(of: digest, name, preferring: claim?.metadata.version)
        return PromotedVersion(file: file, digest: digest, version: version, claim: claim)
    }

    /// The version with a content; the newest of several, unless another is preferred.
    func version(
        of digest: FileDigest, _ name: ModelName, preferring preferred: ModelVersion? = nil
    ) throws(StoreError) -> StoredVersion? {
        let known = try folder(of: name).map(versions) ?? []
        return known.first { $0.version == preferred && has($0, digest) } ?? known.last { has($0, digest) }
    }

    /// Whether a version has a content; one that does not tell its checksum is read.
    private func has(_ version: StoredVersion, _ digest: FileDigest) -> Bool {
        guard let file = version.file else { return false }
        if let metadata = version.metadata { return metadata.sha256 == digest.sha256 && metadata.size == digest.size }
        return file.size == digest.size && (try? Files.digest(of: file.path)) == digest
    }
}
