extension ModelStore {
    /// Makes what lies at the top of a model's folder a version, and what is said of it true, before it is replaced.
    ///
    /// A file that others put there, or without one the file of an older layout, becomes the next version; one of
    /// another name is called `model.pkl`; metadata that a killed writer left behind is told anew.
    ///
    /// - Returns: what is promoted; nil if nothing is.
    @discardableResult
    func settle(_ name: ModelName) throws(StoreError) -> PromotedMetadata? {
        // Of several writers that settle a model, one is the first to move a file: the others look again.
        for _ in 0..<10 {
            do throws(StoreError) { return try settleOnce(name) } catch {
                guard error.code == .notFound else { throw error }
            }
        }
        return try settleOnce(name)
    }

    private func settleOnce(_ name: ModelName) throws(StoreError) -> PromotedMetadata? {
        guard let folder = try folder(of: name) else { return nil }
        guard let file = try folder.file() else {
            return try moveLegacyFile(of: name) ? try settleOnce(name) : nil
        }
        // Nothing is lost with a file of no bytes.
        guard file.size > 0 else { return nil }
        let found = try identify(file, of: name)
        if found.number == nil { try adopt(file, sidecar: layout.promotedMetadata(of: name), of: name) }
        if file.path != layout.promotedFile(of: name) {
            try Files.move(file.path, to: layout.promotedFile(of: name), in: folder.path)
        }
        return try tellTruth(of: name)
    }

    /// Makes a file that others put into the store the next version of a model.
    ///
    /// - Parameter sidecar: where they may have said something of it.
    @discardableResult
    private func adopt(
        _ file: StoredFile, sidecar: String, of name: ModelName
    ) throws(StoreError) -> StoredVersion {
        let draft = try draft(of: file.path, in: layout.folder(of: name))
        var details = ModelDetails()
        if try status(of: sidecar) != nil {
            let bytes = try Files.contents(of: sidecar, limit: Self.maximumMetadataBytes).bytes
            let said = (try? JSONValue(parsing: bytes)) ?? .string(String(decoding: bytes, as: UTF8.self))
            // Metadata with a checksum is of the version before, which keeps it.
            if said.object?["sha256"] == nil { details = ModelDetails(foreign: said) }
        }
        // Whatever servers read now is kept, whether Apus can serve it or not.
        let known = details.merging(facts(of: draft.file))
        return try commit(draft, of: name, known, isAdopted: true)
    }

    /// Moves a file that older tools put beside the folders, and what they said of it, to the top of the model's own
    /// folder, if nothing is there.
    ///
    /// - Returns: whether there was a file to move.
    private func moveLegacyFile(of name: ModelName) throws(StoreError) -> Bool {
        guard let file = try legacyFile(of: name) else { return false }
        // Another writer may have moved it meanwhile.
        guard let found = try FileStatus(of: file.path, followingLinks: false) else { return true }
        guard found.kind == .file else {
            throw StoreError(.refused, "\(file.path) is a symbolic link: replace it by a copy of what it leads to")
        }
        let sidecar = "\(layout.path)/\(StoreLayout.promotedMetadataFile(of: name))"
        let place = layout.promotedMetadata(of: name)
        // Before the file, as the file has to be known by it once it is moved.
        if try status(of: sidecar) != nil, try status(of: place) == nil {
            try Files.move(sidecar, to: place, in: layout.folder(of: name))
        }
        try Files.move(file.path, to: layout.promotedFile(of: name), in: layout.folder(of: name))
        return true
    }

    /// Writes what is true of the file at the top of a model's folder beside it, unless that is said already.
    ///
    /// - Returns: what is said in the end; nil if the file is of no version.
    func tellTruth(of name: ModelName) throws(StoreError) -> PromotedMetadata? {
        // Each turn but the last is one in which somebody else promoted a version meanwhile.
        while let folder = try folder(of: name), let file = try folder.file() {
            let found = try identify(file, of: name)
            guard !found.isTold else { return found.claim }
            guard let version = found.version, let versionFile = version.file else { return nil }
            let metadata = try described(version, versionFile, found.digest)
            let told = PromotedMetadata(metadata, promoted: Self.now(), history: found.history)
            try tell(told, of: name)
            if try status(of: file.path).map({ StoredFile(file.path, $0) }) == file { return told }
        }
        return nil
    }

    /// Writes the metadata at the top of a model's folder.
    func tell(_ metadata: PromotedMetadata, of name: ModelName) throws(StoreError) {
        let path = layout.promotedMetadata(of: name)
        try TemporaryItem.replace(path, in: layout.folder(of: name), with: metadata.json.encoded())
    }
}
