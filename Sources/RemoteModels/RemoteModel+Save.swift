public import ModelStore

extension ModelStore {
    /// Saves a model from elsewhere as the next version of one of this store's, and promotes it.
    ///
    /// - Parameters:
    ///   - cache: where it is downloaded to; what is left there of a download that fails is gone on with by the next.
    ///   - options: what is known of the model, and what happens to the versions there are.
    /// - Throws: ``ModelStore/StoreError``; the store stays as it was if the model cannot be had or not be served.
    @discardableResult
    public func save(
        _ name: ModelName, from model: RemoteModel, by cache: ModelCache, options: SaveOptions = SaveOptions()
    ) async throws(StoreError) -> SavedModel {
        let fetched = try await cache.fetch(model)
        defer { cache.remove(model) }
        try Self.adoptMetadata(in: fetched.folder)
        var options = options
        options.details = options.details.merging(fetched.details)
        options.details.other["source"] = .string("\(model.uri)")
        return try save(name, from: fetched.folder, options: options)
    }

    /// Gives the metadata beside a promoted version the name under which a save takes it over.
    private static func adoptMetadata(in folder: String) throws(StoreError) {
        let names = try Files.entries(ofFolder: folder)?.map(\.name) ?? []
        guard !names.contains(StoreLayout.metadataFile),
            let sidecar = names.first(where: { $0.hasSuffix("_metadata.json") })
        else { return }
        try Files.move("\(folder)/\(sidecar)", to: "\(folder)/\(StoreLayout.metadataFile)", in: folder)
    }
}
