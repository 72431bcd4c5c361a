extension ModelStore {
    /// The models of the store by name, at the price of one look and one small file each.
    ///
    /// The promoted version is taken from the metadata, if that is younger than the file beside it and knows its size;
    /// ``model(_:)`` compares checksums.
    ///
    /// - Throws: ``StoreError`` if the store cannot be read; what is wrong with one model is told in its summary.
    public func models() throws(StoreError) -> [ModelSummary] {
        guard let entries = try Files.entries(ofFolder: layout.path) else {
            throw StoreError(.notFound, "there is no store at \(layout.path): no such folder")
        }
        var models: [ModelName: ModelSummary] = [:]
        for entry in entries where entry.kind == .folder || entry.kind == .link {
            // A link that is called as a file is taken for one.
            guard entry.kind == .folder || !StoreLayout.isModelFile(entry.name),
                let name = StoreLayout.model(named: entry.name)
            else { continue }
            models[name] = summary(ofFolder: name, isLink: entry.kind == .link)
        }
        for entry in entries where entry.kind == .file || entry.kind == .link {
            guard let name = StoreLayout.model(legacyFile: entry.name), models[name] == nil else { continue }
            models[name] = summary(ofLegacyFile: name)
        }
        return models.values.sorted { $0.name < $1.name }
    }

    /// A model, its promoted file compared with its versions by checksum.
    ///
    /// - Throws: ``StoreError/Code/notFound`` if there is none, and ``StoreError`` if it cannot be read at all.
    public func model(_ name: ModelName) throws(StoreError) -> StoredModel {
        guard let folder = try folder(of: name) else {
            guard let file = try legacyFile(of: name) else {
                throw StoreError(.notFound, "there is no model \(name) in \(layout.path)")
            }
            return StoredModel(
                name: name, path: file.path, file: file, promoted: nil, metadata: nil, versions: [],
                traffic: Traffic(), problems: [])
        }
        let versions = versions(in: folder)
        var problems = versions.compactMap { $0.problem?.message }
        var promoted: PromotedVersion?
        var traffic = Traffic()
        do throws(StoreError) {
            promoted = try folder.file().map { file throws(StoreError) in try identify(file, of: name) }
            _ = try promotedMetadata(of: name)
            try promoted?.checkClaim()
        } catch {
            problems.append(error.message)
        }
        do throws(StoreError) { traffic = try self.traffic(of: name) } catch { problems.append(error.message) }
        return StoredModel(
            name: name, path: folder.path, file: promoted?.file, promoted: promoted?.number, metadata: promoted?.told,
            versions: versions, traffic: traffic, problems: problems)
    }

    // MARK: - Summaries

    /// What a list says of a folder; nil if it holds no model.
    private func summary(ofFolder name: ModelName, isLink: Bool) -> ModelSummary? {
        let path = layout.folder(of: name)
        do throws(StoreError) {
            // Of a folder that is no link, what it holds need not be looked at to know that it is in the store.
            if isLink { guard try status(of: path)?.kind == .folder else { return nil } }
            if let status = try status(of: layout.promotedFile(of: name)), status.kind == .file {
                let file = StoredFile(layout.promotedFile(of: name), status)
                if let told = try toldCheaply(of: file, name) {
                    return ModelSummary(
                        name: name, path: path, file: file, promoted: told.metadata.version, metadata: told,
                        problem: nil)
                }
            }
            return try thoroughSummary(of: name)
        } catch {
            return ModelSummary(
                name: name, path: path, file: nil, promoted: nil, metadata: nil, problem: error)
        }
    }

    /// The metadata beside a file, if it was written after the file and knows its size.
    private func toldCheaply(of file: StoredFile, _ name: ModelName) throws(StoreError) -> PromotedMetadata? {
        guard let status = try status(of: layout.promotedMetadata(of: name)), status.modified >= file.modified,
            let told = try? promotedMetadata(of: name), told.metadata.size == file.size
        else { return nil }
        return told
    }

    private func thoroughSummary(of name: ModelName) throws(StoreError) -> ModelSummary? {
        guard let folder = try folder(of: name) else { return nil }
        guard let file = try folder.file() else {
            guard !folder.versions.isEmpty else { return nil }
            return ModelSummary(
                name: name, path: folder.path, file: nil, promoted: nil, metadata: nil,
                problem: StoreError(.notFound, "no version of \(name) is promoted"))
        }
        let promoted = folder.versions.isEmpty ? nil : try identify(file, of: name)
        var problem: StoreError?
        do throws(StoreError) { try promoted?.checkClaim() } catch { problem = error }
        return ModelSummary(
            name: name, path: folder.path, file: file, promoted: promoted?.number, metadata: promoted?.told,
            problem: problem)
    }

    /// What a list says of a file beside the folders; nil if it is no file.
    private func summary(ofLegacyFile name: ModelName) -> ModelSummary? {
        var file: StoredFile?
        var problem: StoreError?
        do throws(StoreError) {
            file = try legacyFile(of: name)
            guard file != nil else { return nil }
        } catch {
            problem = error
        }
        return ModelSummary(
            name: name, path: layout.legacyFile(of: name), file: file, promoted: nil, metadata: nil, problem: problem)
    }
}
