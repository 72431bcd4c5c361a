public import ModelStore

/// What pushing a version did.
public struct PushedModel: Hashable, Sendable {
    /// Where the model lies now: what KServe takes as a `storageUri`.
    public let uri: ModelURI
    /// The version.
    public let version: ModelVersion
    /// Whether its files were there already.
    public let wasThere: Bool
}

extension ModelStore {
    /// Copies a version of a model to a bucket or a folder, in the layout of a store, and promotes it there.
    ///
    /// `<uri>/<model>/v<n>/` gets the version, then `<uri>/<model>/model.pkl` becomes a copy of it, so that stock
    /// KServe serves `<uri>/<model>`; the metadata comes last. Whoever reads meanwhile finds the model before or the
    /// new one.
    ///
    /// - Parameters:
    ///   - version: which version; nil for the promoted one.
    ///   - uri: `s3://bucket/prefix`, or `file:///path`.
    /// - Throws: ``ModelStore/StoreError/Code/refused`` if there is another version of the number, or another model
    ///   file at the top, which KServe would not know from this one.
    public func push(
        _ name: ModelName, _ version: ModelVersion? = nil, to uri: ModelURI, settings: RemoteSettings
    ) async throws(StoreError) -> PushedModel {
        let model = try model(name)
        guard let number = version ?? model.promoted else {
            throw StoreError(.notFound, "no version of \(name) is promoted: name one, or save the model first")
        }
        guard let stored = model.versions.first(where: { $0.version == number }) else {
            throw StoreError(.notFound, "\(name) has no version \(number)")
        }
        if let problem = stored.problem { throw problem }
        guard let file = stored.file, let metadata = stored.metadata else {
            throw StoreError(.refused, "\(name) \(number) has no metadata: migrate it first (apus models migrate)")
        }
        let digest = try Files.digest(of: file.path)
        guard digest.sha256 == metadata.sha256 else {
            throw StoreError(.corrupted, "\(file.path) is not the file that was saved: its SHA-256 is another")
        }
        let push = ModelPush(destination: try settings.destination(uri), metadata: metadata, digest: digest)
        let wasThere = try await push.run(file: file.path)
        return PushedModel(uri: uri.appending(name.text), version: number, wasThere: wasThere)
    }
}

extension RemoteSettings {
    fileprivate func destination(_ uri: ModelURI) throws(StoreError) -> any RemoteDestination {
        switch uri {
        case .file(let path): return FolderDestination(path: path)
        case .s3(let bucket, let key): return S3Destination(try s3(), bucket: bucket, key: key)
        case .web, .registered, .logged, .run:
            throw StoreError(.unsupported, "\(uri): models are pushed to s3://bucket/prefix or file:///path")
        }
    }
}
