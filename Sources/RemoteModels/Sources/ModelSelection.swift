import ModelStore

/// Which files of a source make up the model that it holds, and what is known of it.
struct ModelSelection: Sendable {
    /// The model's file.
    let model: RemoteFile
    /// What lies beside it: its metadata, its traffic, the versions that the traffic names, and of others what they say
    /// of themselves, by which a model is known whose own metadata is not there yet.
    let others: [RemoteFile]
    /// What is known of the model besides.
    let details: ModelDetails
    /// The number of its version, if it has one.
    let version: ModelVersion?
    /// A text that is another one when any of the files is; nil if the source does not tell.
    let revision: String?

    /// Looks for the model in a source.
    ///
    /// - Throws: ``StoreError/Code/notFound`` if there is none, ``StoreError/Code/refused`` with KServe's sentence if
    ///   there are several, ``StoreError/Code/unsupported`` if MLflow stored it in a flavour that Apus does not serve.
    init(in source: any RemoteSource, _ uri: ModelURI) async throws(StoreError) {
        var listing = try await source.list()
        listing.files.removeAll { !$0.isSafe }
        let top = listing.files.filter { !$0.path.contains("/") }
        var details = listing.details
        if let description = top.first(where: { $0.path == MLmodel.fileName }) {
            let model = try MLmodel(parsing: try await source.bytes(of: description), of: uri)
            model.describe(&details)
            guard let file = listing.files.first(where: { $0.path == model.pickle }) else {
                throw StoreError(.notFound, "\(uri) has no file \(model.pickle), which its MLmodel names")
            }
            self.init(file, listing, details, others: [])
            return
        }
        let file = try Self.file(of: top, uri)
        self.init(file, listing, details, others: try await Self.others(in: source, listing, top))
    }

    private init(_ model: RemoteFile, _ listing: RemoteListing, _ details: ModelDetails, others: [RemoteFile]) {
        self.model = model
        self.others = others
        self.details = details
        version = listing.version
        let texts = ([model] + others).map { file in
            file.validator.map { "\(file.path) \(file.size ?? -1) \($0)\n" }
        }
        revision = texts.contains(nil) ? nil : SignatureV4.sha256(texts.compactMap(\.self).joined().utf8)
    }

    /// The one model file at the top.
    private static func file(of top: [RemoteFile], _ uri: ModelURI) throws(StoreError) -> RemoteFile {
        // A URI that names a file means it, whatever it is called.
        if top.count == 1, uri.namesFile(top[0]) { return top[0] }
        let candidates = top.filter { StoreLayout.isModelFile($0.path) }
        for name in StoreLayout.preferredFiles {
            if let file = candidates.first(where: { $0.path == name }) { return file }
        }
        guard let file = candidates.first else {
            let ends = StoreLayout.modelExtensions.map { "*\($0)" }.joined(separator: ", ")
            throw StoreError(.notFound, "\(uri) holds no model file (\(ends))")
        }
        guard candidates.count == 1 else {
            let names = candidates.map { "'\(uri)/\($0.path)'" }.sorted().joined(separator: ", ")
            throw StoreError(
                .refused, "More than one model file is detected, Only one is allowed within model_dir: [\(names)]")
        }
        return file
    }

    /// Of so many versions, the newest, the metadata is kept.
    private static let maximumVersions = 32

    /// The metadata and the traffic at the top, the metadata of versions, and the files of those that get traffic.
    private static func others(
        in source: any RemoteSource, _ listing: RemoteListing, _ top: [RemoteFile]
    ) async throws(StoreError) -> [RemoteFile] {
        let sidecars = top.filter { $0.path.hasSuffix("_metadata.json") || $0.path == StoreLayout.metadataFile }
        let traffic = top.first { $0.path == StoreLayout.trafficFile }
        var wanted: Set<ModelVersion> = []
        if let traffic {
            do throws(StoreError) {
                wanted = try Traffic(json: try JSONValue(parsing: try await source.bytes(of: traffic))).versions
            } catch {
                throw StoreError(error.code, "\(traffic.path): \(error)")
            }
        }
        let files = listing.files.compactMap { file -> (version: ModelVersion, name: String, file: RemoteFile)? in
            let parts = file.path.split(separator: "/")
            guard parts.count == 2, let version = ModelVersion(parts[0]) else { return nil }
            return (version, String(parts[1]), file)
        }
        let told = files.filter { $0.name == StoreLayout.metadataFile }.sorted { $0.version > $1.version }
        let known = wanted.union(told.prefix(maximumVersions).map(\.version))
        let versions = files.filter { entry in
            entry.name == StoreLayout.metadataFile
                ? known.contains(entry.version)
                : wanted.contains(entry.version) && StoreLayout.isModelFile(entry.name)
        }
        return versions.map(\.file) + sidecars + [traffic].compactMap(\.self)
    }
}

extension RemoteFile {
    /// Whether the path can be one below a folder of this machine, and none that is hidden.
    fileprivate var isSafe: Bool {
        path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy {
            !$0.isEmpty && !$0.hasPrefix(".") && $0.utf8.count <= 255 && !$0.contains("\0")
        }
    }
}

extension ModelURI {
    /// Whether the URI is the one of a file, rather than of what it lies in.
    fileprivate func namesFile(_ file: RemoteFile) -> Bool {
        switch self {
        case .s3(_, let key): file.location == key
        case .file(let path): file.location == StoreLayout(path: path).path
        case .web: true
        case .registered, .logged, .run: false
        }
    }
}
