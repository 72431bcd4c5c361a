import ModelStore
import Outbound

/// A model of an MLflow server: a version in its registry, a logged model, or an artefact of a run.
struct MLflowSource: RemoteSource {
    /// The most artefacts that are listed, and how deep they may lie.
    private static let maximumArtifacts = 10_000
    private static let maximumDepth = 4

    private let client: MLflowClient
    private let uri: ModelURI
    private let s3: LazyS3Client

    /// - Parameter s3: what reads the artefacts if the server keeps them in a bucket and does not serve them itself.
    init(_ client: MLflowClient, _ uri: ModelURI, s3: LazyS3Client) {
        self.client = client
        self.uri = uri
        self.s3 = s3
    }

    func list() async throws(StoreError) -> RemoteListing {
        let registry = MLflowRegistry(client: client, uri: uri)
        let model = try await registry.resolve()
        var listing = try await list(model.artifacts)
        if listing.files.isEmpty, case .run(let id, let path) = uri,
            let logged = try await registry.loggedModel(named: path, ofRun: id)
        {
            listing = try await list(logged)
        }
        guard !listing.files.isEmpty else { throw StoreError(.notFound, "\(uri): MLflow has no files of it") }
        listing.version = model.version
        return listing
    }

    func prepare(_ file: RemoteFile) async throws(StoreError) -> PreparedFile {
        if let (source, file) = try elsewhere(file) { return try await source.prepare(file) }
        // Servers before MLflow 3 send files as a whole only.
        let probe = try await client.open(file.location, range: "bytes=0-0", "\(uri)")
        return PreparedFile(file: file.with(isRanged: probe.head.status == 206), digest: nil)
    }

    func open(_ file: RemoteFile, from offset: Int, to end: Int?) async throws(StoreError) -> any RemoteContent {
        if let (source, file) = try elsewhere(file) { return try await source.open(file, from: offset, to: end) }
        let stream = try await client.open(
            file.location, range: OutboundContent.range(from: offset, to: end), "\(uri)")
        return try OutboundContent(stream, from: offset)
    }

    // MARK: - Where the artefacts are

    /// The files below an artefact URI.
    private func list(_ artifacts: String) async throws(StoreError) -> RemoteListing {
        switch try MLflowArtifacts(artifacts, uri) {
        case .server(let path): return RemoteListing(files: try await files(in: path, prefix: "", depth: 1))
        case .s3(let bucket, let key):
            var listing = try await S3Source(try s3.client(), bucket: bucket, key: key).list()
            listing.files = listing.files.map { $0.with(location: "s3://\(bucket)/\($0.location)") }
            return listing
        }
    }

    /// A file in a bucket, and what reads it; nil if the server itself has the file.
    private func elsewhere(_ file: RemoteFile) throws(StoreError) -> (S3Source, RemoteFile)? {
        guard file.location.hasPrefix("s3://"), case .s3(let bucket, let key) = try ModelURI(file.location) else {
            return nil
        }
        return (S3Source(try s3.client(), bucket: bucket, key: key), file.with(location: key))
    }

    private func files(in folder: String, prefix: String, depth: Int) async throws(StoreError) -> [RemoteFile] {
        let json = try await client.json(MLflowClient.artifacts, ["path": folder], "\(uri)")
        var files: [RemoteFile] = []
        for entry in json.object?["files"]?.array ?? [] {
            guard let name = entry.object?["path"]?.string, !name.isEmpty, !name.contains("/"), name != ".." else {
                throw StoreError(.malformed, "\(uri): the MLflow server lists an artefact without a name")
            }
            let location = "\(folder)/\(name)"
            if entry.object?["is_dir"]?.bool == true {
                guard depth < Self.maximumDepth else { continue }
                files += try await self.files(in: location, prefix: "\(prefix)\(name)/", depth: depth + 1)
            } else {
                let size = entry.object?["file_size"]?.integer
                // Artefacts of a run or a logged model are not changed; where they lie says which one it is.
                files.append(
                    RemoteFile(
                        path: prefix + name, location: location, size: size,
                        validator: "\(location) \(size ?? -1)", isRanged: false))
            }
            guard files.count <= Self.maximumArtifacts else {
                throw StoreError(.refused, "\(uri) has more than \(Self.maximumArtifacts) artefacts")
            }
        }
        return files
    }
}

/// Where an MLflow server keeps the files of a model, as it says.
enum MLflowArtifacts: Hashable {
    /// On the server, which serves them; a path below its artefacts.
    case server(path: String)
    /// In a bucket that clients are to read themselves.
    case s3(bucket: String, key: String)

    /// Reads an artefact URI.
    ///
    /// - Throws: ``StoreError/Code/unsupported`` if it leads somewhere else, e.g. to the server's own disk.
    init(_ text: String, _ uri: ModelURI) throws(StoreError) {
        let scheme = text.prefix { $0 != ":" }
        let path = text.dropFirst(scheme.count + 1)
        switch scheme {
        case "mlflow-artifacts" where !path.hasPrefix("//") || path.hasPrefix("///"):
            let parts = path.split(separator: "/")
            guard !parts.isEmpty, !parts.contains("..") else {
                throw StoreError(.malformed, "\(uri): MLflow names no artefacts")
            }
            self = .server(path: parts.joined(separator: "/"))
        case "s3":
            guard case .s3(let bucket, let key) = try ModelURI(text) else { fallthrough }
            self = .s3(bucket: bucket, key: key)
        default:
            throw StoreError(
                .unsupported,
                """
                \(uri): its files are at \(scheme.prefix(40).shown):, which Apus does not read: start the MLflow \
                server so that it serves them itself (--serve-artifacts), or keep them in S3
                """)
        }
    }
}
