import Glibc

extension ModelStore {
    /// Brings a model of an older layout into the store's own: `<store>/<model>.pkl`, or a folder whose file is of no
    /// version. The file becomes a version and is promoted; what there was besides is kept as versions.
    ///
    /// - Returns: what is promoted in the end.
    /// - Throws: ``StoreError/Code/notFound`` if there is no such model.
    @discardableResult
    public func migrate(_ name: ModelName) throws(StoreError) -> PromotedMetadata {
        if let file = try legacyFile(of: name) {
            guard file.size > 0 else { throw StoreError(.invalidModel, "\(file.path) is empty") }
            let isNew = try makeFolder(of: name)
            let before: PromotedMetadata?
            do throws(StoreError) { before = try settle(name) } catch {
                if isNew { rmdir(layout.folder(of: name)) }
                throw error
            }
            // Somebody put it there although the model has a folder: it is newer than what the folder holds.
            if try legacyFile(of: name) != nil { try migrateAgain(file, over: before, name) }
        }
        _ = try requireFolder(of: name)
        guard let promoted = try settle(name) else {
            throw StoreError(
                .notFound, "there is no model file in \(layout.folder(of: name)), and no version is promoted")
        }
        return promoted
    }

    /// Copies a model from anywhere into the store as the next version, and promotes it, whatever Apus can make of it.
    ///
    /// - Parameters:
    ///   - source: a model's file, or a folder that holds one.
    ///   - removesSource: whether the file at the source is removed when the version is in the store.
    @discardableResult
    public func migrate(
        _ name: ModelName, from source: String, removesSource: Bool = false
    ) throws(StoreError) -> SavedModel {
        var options = SaveOptions()
        options.refusesUnservable = false
        let file = try modelFile(at: source).path
        let saved = try save(name, from: source, options: options)
        if removesSource { try Files.remove(file: file) }
        return saved
    }

    private func migrateAgain(
        _ file: StoredFile, over before: PromotedMetadata?, _ name: ModelName
    ) throws(StoreError) {
        let digest = try Files.digest(of: file.path)
        if before?.metadata.sha256 != digest.sha256 {
            _ = try migrate(name, from: file.path)
        }
        try Files.remove(file: file.path)
    }
}
