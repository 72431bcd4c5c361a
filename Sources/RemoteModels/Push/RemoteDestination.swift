import ModelStore

/// A place that models are written to: a prefix of a bucket, or a folder.
protocol RemoteDestination: Sendable {
    /// The place, as people name it.
    var uri: ModelURI { get }
    /// The paths of all that is below a path, which ends in a slash.
    func paths(below path: String) async throws(StoreError) -> [String]
    /// The content of a small file; nil if there is none.
    func bytes(at path: String) async throws(StoreError) -> [UInt8]?
    /// Writes a small file, at once.
    func write(_ bytes: [UInt8], to path: String) async throws(StoreError)
    /// Writes a copy of a file, which appears when it is whole.
    func copy(_ file: String, _ digest: FileDigest, to path: String) async throws(StoreError)
}
