public import ModelStore
import Outbound

/// A model that lies elsewhere: in a bucket, on a web server, in MLflow, or in a folder that is no store.
///
/// ```swift
/// let settings = try RemoteSettings(environment: ProcessInfo.processInfo.environment)
/// let model = try RemoteModel(ModelURI("s3://models/anomaly-detector"), settings: settings)
/// try await model.copy(to: "/tmp/model.pkl")
/// ```
///
/// Bytes are taken from there and never run; what a source says of their checksum is checked.
public struct RemoteModel: Sendable {
    /// Where it lies.
    public let uri: ModelURI
    let source: any RemoteSource
    let download: DownloadSettings
    /// What tells the model from every other one: the URI and the server that is asked. There may be secrets in it, so
    /// only its checksum goes anywhere.
    let identity: String

    /// A model by its URI; nothing is asked yet.
    ///
    /// - Throws: ``ModelStore/StoreError`` if the settings make no sense, or credentials are missing.
    public init(_ uri: ModelURI, settings: RemoteSettings) throws(StoreError) {
        self.uri = uri
        source = try settings.source(of: uri)
        download = settings.download
        identity = "\(uri.identity)\n\(settings.server(of: uri))"
    }

    /// What was brought from elsewhere.
    public struct Copied: Hashable, Sendable {
        /// The model's file.
        public let path: String
        /// What the source says of the model.
        public let details: ModelDetails
        /// The number of its version, if it has one.
        public let version: ModelVersion?
    }

    /// Downloads the model's file.
    ///
    /// A download that breaks off is gone on with by the next one to the same destination.
    ///
    /// - Parameter destination: a path in a folder that exists; a file there is replaced at once, when the download is
    ///   whole.
    @discardableResult
    public func copy(to destination: String) async throws(StoreError) -> Copied {
        let selection = try await ModelSelection(in: source, uri)
        let folder = Files.parent(of: destination)
        let identity = SignatureV4.sha256("\(identity)\n\(destination)".utf8).prefix(16)
        let partial = "\(folder)/\(StoreLayout.temporaryPrefix)download-\(identity)"
        try await FileDownload(source: source, file: selection.model, settings: download).run(
            to: destination, in: folder, partial: partial, in: folder)
        return Copied(path: destination, details: selection.details, version: selection.version)
    }
}

extension ModelURI {
    /// The URI with all that tells it from others, secrets included.
    fileprivate var identity: String {
        if case .web(let url) = self { url } else { description }
    }
}
