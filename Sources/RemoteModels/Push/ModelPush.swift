import ModelStore

/// Writes one version of a model to a destination.
struct ModelPush: Sendable {
    let destination: any RemoteDestination
    let metadata: ModelMetadata
    let digest: FileDigest

    /// - Returns: whether the version was there already.
    func run(file: String) async throws(StoreError) -> Bool {
        let root = "\(metadata.name)/"
        let paths = try await destination.paths(below: root)
        try refuseOthers(at: root, among: paths)
        let folder = "\(root)\(metadata.version)/"
        let isThere = try await has(folder, paths)
        if !isThere {
            try await destination.copy(file, digest, to: folder + metadata.file)
            // The metadata says that the version is whole.
            try await destination.write(metadata.json.encoded(), to: folder + StoreLayout.metadataFile)
        }
        let before = try await promoted(root)
        try await destination.copy(file, digest, to: root + StoreLayout.modelFile)
        try await destination.write(told(after: before).json.encoded(), to: sidecar(root))
        return isThere
    }

    private func sidecar(_ root: String) -> String { "\(root)\(metadata.name)_metadata.json" }

    /// Refuses a place at whose top KServe would find several model files.
    private func refuseOthers(at root: String, among paths: [String]) throws(StoreError) {
        let others = paths.filter { path in
            let name = path.dropFirst(root.count)
            return !name.contains("/") && StoreLayout.isModelFile(String(name)) && name != StoreLayout.modelFile
        }
        guard let other = others.first else { return }
        throw StoreError(
            .refused,
            """
            \(destination.uri.appending(other)) is another model file beside \(StoreLayout.modelFile), and KServe \
            serves exactly one: remove it, or push elsewhere
            """)
    }

    /// Whether the version is there.
    ///
    /// - Throws: ``StoreError/Code/refused`` if another one of its number is.
    private func has(_ folder: String, _ paths: [String]) async throws(StoreError) -> Bool {
        guard paths.contains(where: { $0.hasPrefix(folder) }),
            let there = try await json(at: folder + StoreLayout.metadataFile)
        else { return false }
        let known = try? ModelMetadata(json: there)
        guard known?.id == metadata.id, known?.sha256 == metadata.sha256 else {
            throw StoreError(
                .refused,
                """
                \(destination.uri.appending(folder)) holds another version of that number (saved \
                \(known?.created ?? "by another program")): push to another prefix
                """)
        }
        return paths.contains(folder + metadata.file)
    }

    /// What was promoted at the destination before; nil if nothing is known of it.
    private func promoted(_ root: String) async throws(StoreError) -> PromotedMetadata? {
        try await json(at: sidecar(root)).flatMap { try? PromotedMetadata(json: $0) }
    }

    private func json(at path: String) async throws(StoreError) -> JSONValue? {
        guard let bytes = try await destination.bytes(at: path) else { return nil }
        return try? JSONValue(parsing: bytes)
    }

    private func told(after before: PromotedMetadata?) -> PromotedMetadata {
        var history = before?.history ?? []
        if let version = before?.metadata.version, version != metadata.version { history.append(version) }
        return PromotedMetadata(metadata, promoted: Timestamp.now.iso8601, history: history)
    }
}
