import ModelStore

/// A folder of this machine.
struct FolderDestination: RemoteDestination {
    let path: String
    var uri: ModelURI { .file(path: path) }

    init(path: String) { self.path = StoreLayout(path: path).path }

    func paths(below prefix: String) async throws(StoreError) -> [String] {
        do throws(StoreError) {
            return try await FolderSource(path: "\(path)/\(prefix)").list().files.map { prefix + $0.path }
        } catch {
            if error.code == .notFound { return [] }
            throw error
        }
    }

    func bytes(at path: String) async throws(StoreError) -> [UInt8]? {
        let path = "\(self.path)/\(path)"
        guard try FileStatus(of: path) != nil else { return nil }
        return try Files.contents(of: path, limit: ModelStore.maximumMetadataBytes).bytes
    }

    func write(_ bytes: [UInt8], to path: String) async throws(StoreError) {
        let path = "\(self.path)/\(path)"
        try TemporaryItem.replace(path, in: try folder(around: path), with: bytes)
    }

    func copy(_ file: String, _ digest: FileDigest, to path: String) async throws(StoreError) {
        let path = "\(self.path)/\(path)"
        let folder = try folder(around: path)
        let item = TemporaryItem("push", in: folder)
        guard try Files.copy(file, to: item.path) == digest else { throw .changed(file) }
        try Files.move(item.path, to: path, in: folder)
    }

    private func folder(around path: String) throws(StoreError) -> String {
        let folder = Files.parent(of: path)
        try ModelCache.makeFolders(folder)
        return folder
    }
}
