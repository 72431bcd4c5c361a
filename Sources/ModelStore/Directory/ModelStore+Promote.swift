extension ModelStore {
    /// Promotes a version: servers answer with it from now on.
    ///
    /// A canary or shadow of the same version ends.
    ///
    /// - Returns: what is said of it at the top of the model's folder.
    /// - Throws: ``StoreError/Code/notFound`` if there is no such version, ``StoreError/Code/corrupted`` if its file is
    ///   not what its metadata says; what is promoted stays so.
    @discardableResult
    public func promote(_ name: ModelName, _ version: ModelVersion) throws(StoreError) -> PromotedMetadata {
        _ = try usable(version, in: try requireFolder(of: name))
        let before = try settle(name)
        if let before, before.metadata.version == version { return before }
        let promoted = try putOnTop(
            version, of: name, after: (before?.history ?? []) + [before?.metadata.version].compactMap(\.self))
        try endTraffic(to: version, of: name)
        return promoted
    }

    /// Promotes the version that was promoted before the one that is now.
    ///
    /// Done again, it goes back further: the history forgets what was rolled back.
    ///
    /// - Throws: ``StoreError/Code/refused`` if there is none any more.
    @discardableResult
    public func rollback(_ name: ModelName) throws(StoreError) -> PromotedMetadata {
        _ = try requireFolder(of: name)
        guard let before = try settle(name) else { throw StoreError(.refused, "no version of \(name) is promoted") }
        let folder = try requireFolder(of: name)
        var history = before.history
        while let version = history.popLast() {
            guard version != before.metadata.version, (try? usable(version, in: folder)) != nil else { continue }
            let promoted = try putOnTop(version, of: name, after: history)
            try endTraffic(to: version, of: name)
            return promoted
        }
        throw StoreError(
            .refused, "no version was promoted before \(before.metadata.version) of \(name) that is still there")
    }

    /// Copies a version's file to the top of its model's folder, and says so beside it.
    ///
    /// - Parameter history: the versions promoted before, oldest first.
    @discardableResult
    func putOnTop(
        _ version: ModelVersion, of name: ModelName, after history: [ModelVersion]
    ) throws(StoreError) -> PromotedMetadata {
        let folder = try requireFolder(of: name)
        let (version, file) = try usable(version, in: folder)
        let copy = TemporaryItem("promote", in: folder.path)
        let digest = try Files.copy(file.path, to: copy.path)
        if let metadata = version.metadata { try Self.check(digest, metadata, file.path) }
        let promoted = PromotedMetadata(
            try described(version, file, digest), promoted: Self.now(), history: history)
        let path = layout.promotedFile(of: name)
        let ours = try FileStatus(of: copy.path).map { StoredFile(path, $0) }
        try Files.move(copy.path, to: path, in: folder.path)
        try tell(promoted, of: name)
        // If somebody else promoted a version between the two renames, what was just told is not true.
        if try status(of: path).map({ StoredFile(path, $0) }) != ours { _ = try tellTruth(of: name) }
        return promoted
    }

    /// Compares a file with what its metadata says.
    ///
    /// - Throws: ``StoreError/Code/corrupted`` if it is another.
    static func check(_ digest: FileDigest, _ metadata: ModelMetadata, _ path: String) throws(StoreError) {
        guard digest.size == metadata.size, digest.sha256 == metadata.sha256 else {
            throw StoreError(
                .corrupted,
                "\(path) is not the file that was saved: it has \(digest.size) bytes and the SHA-256 \(digest.sha256), "
                    + "its metadata says \(metadata.size) bytes and \(metadata.sha256)")
        }
    }
}
