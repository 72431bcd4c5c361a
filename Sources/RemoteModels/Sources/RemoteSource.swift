import ModelStore
import NIOCore

/// A place that holds the files of one model: an S3 prefix, a web server, an MLflow server or a folder.
protocol RemoteSource: Sendable {
    /// What is there now.
    ///
    /// - Throws: ``StoreError/Code/notFound`` if nothing is.
    func list() async throws(StoreError) -> RemoteListing

    /// What has to be known of a file before it is downloaded, and is not worth asking for all that are listed.
    func prepare(_ file: RemoteFile) async throws(StoreError) -> PreparedFile

    /// The bytes of a file, as it was listed.
    ///
    /// - Parameters:
    ///   - offset: the first byte that is wanted; a source that cannot start there starts at 0.
    ///   - end: the byte after the last one; nil for all.
    /// - Throws: ``StoreError/Code/refused`` if the file is another one by now.
    func open(_ file: RemoteFile, from offset: Int, to end: Int?) async throws(StoreError) -> any RemoteContent
}

/// The bytes of a file, as they come.
protocol RemoteContent {
    /// Where the bytes start in the file.
    var start: Int { get }
    /// The next bytes; nil at the end.
    mutating func next() async throws(StoreError) -> ByteBuffer?
}

/// What a source holds.
struct RemoteListing: Sendable {
    /// The files.
    var files: [RemoteFile]
    /// What is known of the model besides.
    var details = ModelDetails()
    /// The number of its version, if it has one.
    var version: ModelVersion?
}

/// A file of a source.
struct RemoteFile: Hashable, Sendable {
    /// Its path below what the URI names.
    let path: String
    /// Where the source finds it.
    let location: String
    /// Bytes, if they are known.
    let size: Int?
    /// A text that is another one when the content is; nil if the source tells none.
    let validator: String?
    /// Whether the source sends parts of it.
    let isRanged: Bool

    /// The same file, found elsewhere.
    func with(location: String) -> RemoteFile {
        RemoteFile(path: path, location: location, size: size, validator: validator, isRanged: isRanged)
    }

    /// The same file, of which parts are sent or not.
    func with(isRanged: Bool) -> RemoteFile {
        RemoteFile(path: path, location: location, size: size, validator: validator, isRanged: isRanged)
    }
}

/// A file that is about to be downloaded.
struct PreparedFile: Hashable, Sendable {
    /// The file.
    let file: RemoteFile
    /// What its content should add up to; nil if the source does not tell.
    let digest: ExpectedDigest?
}

extension RemoteSource {
    func prepare(_ file: RemoteFile) async throws(StoreError) -> PreparedFile { PreparedFile(file: file, digest: nil) }

    /// The whole content of a small file.
    ///
    /// - Throws: ``StoreError/Code/malformed`` if it is longer than `limit` bytes.
    func bytes(of file: RemoteFile, limit: Int = ModelStore.maximumMetadataBytes) async throws(StoreError) -> [UInt8] {
        var content = try await open(file, from: 0, to: nil)
        var bytes: [UInt8] = []
        while let part = try await content.next() {
            guard part.readableBytes <= limit - bytes.count else {
                throw StoreError(.malformed, "\(file.path) is longer than the \(limit) bytes that are read of it")
            }
            bytes.append(contentsOf: part.readableBytesView)
        }
        return bytes
    }
}
