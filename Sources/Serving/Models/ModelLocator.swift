import ModelStore

/// Finds the model files at ``ModelSource``s, by KServe's rule made lenient (a preferred name wins over strays).
package struct ModelLocator: Sendable {
    private var listings = FolderListings()
    /// The places that turned out to be folders of models; they are no models any more when they become empty.
    private var foldersOfModels: Set<String> = []

    package init() {}

    /// The models at some places, by name, as the file system shows them now.
    ///
    /// A folder that holds no model file itself is a folder of models: each folder in it that holds a model file is
    /// one, by its name. Where two places hold a model of one name, the first counts.
    ///
    /// - Parameter now: the time, in nanoseconds since 1970.
    package mutating func locate(_ sources: [ModelSource], now: Int64) -> ModelSightings {
        var sightings = ModelSightings()
        for source in sources { sightings.add(locate(source, now)) }
        listings.forgetOthers()
        return sightings
    }

    private mutating func locate(_ source: ModelSource, _ now: Int64) -> ModelSightings {
        var sightings = ModelSightings()
        do throws(FileError) {
            let signature = try FileSignature(ofPath: source.path)
            guard signature.isFolder else {
                sightings.models[source.name] = ModelPlacement(model: .file(path: source.path, signature))
                return sightings
            }
            let names = try listings.names(inFolder: source.path, signature, now: now)
            let own = try placement(inFolder: source.path, names, now)
            if let own {
                sightings.models[source.name] = own
            } else {
                locateInner(source.path, names, now, &sightings)
                if !sightings.models.isEmpty {
                    foldersOfModels.insert(source.path)
                } else if !foldersOfModels.contains(source.path) {
                    sightings.models[source.name] = .none("waiting for model file in \(source.path)")
                }
            }
        } catch {
            let reason = error.isMissing ? "waiting for model file \(source.path)" : error.description
            sightings.models[source.name] = .none(reason)
            sightings.isComplete = false
        }
        return sightings
    }

    /// The models in the folders of a folder.
    private mutating func locateInner(
        _ folder: String, _ names: [String], _ now: Int64, _ sightings: inout ModelSightings
    ) {
        for name in names {
            let path = "\(folder)/\(name)"
            do throws(FileError) {
                let signature = try FileSignature(ofPath: path)
                guard signature.isFolder else { continue }
                let names = try listings.names(inFolder: path, signature, now: now)
                if let found = try placement(inFolder: path, names, now) {
                    sightings.models[name] = found
                } else {
                    sightings.emptyFolders.insert(name)
                }
            } catch {
                // What went away since the listing is gone; what cannot be read may be there.
                if !error.isMissing { sightings.models[name] = .none(error.description) }
            }
        }
    }

    /// What a folder holds; nil if it holds no model file.
    private mutating func placement(
        inFolder folder: String, _ names: [String], _ now: Int64
    ) throws(FileError) -> ModelPlacement? {
        guard let model = try Self.file(inFolder: folder, names) else { return nil }
        var placement = ModelPlacement(model: model, folder: folder)
        let sidecars = names.filter { $0.hasSuffix("_metadata.json") }
        if sidecars.count == 1 { placement.metadata = try Self.sidecar(sidecars[0], folder) }
        if names.contains(StoreLayout.trafficFile) {
            placement.traffic = try Self.sidecar(StoreLayout.trafficFile, folder)
        }
        for name in names {
            if let version = StoreLayout.version(named: name) {
                placement.versionFolders[version] = "\(folder)/\(name)"
            }
        }
        return placement
    }

    private static func sidecar(_ name: String, _ folder: String) throws(FileError) -> ModelPlacement.Sidecar? {
        do throws(FileError) {
            return .init(name: name, signature: try FileSignature(ofPath: "\(folder)/\(name)"))
        } catch {
            if error.isMissing { return nil }
            throw error
        }
    }

    /// The one model file of a folder; nil if there is none.
    static func file(inFolder folder: String, _ names: [String]) throws(FileError) -> ModelPlacement.Finding? {
        var files: [(name: String, signature: FileSignature)] = []
        for name in names where StoreLayout.isModelFile(name) {
            let signature: FileSignature
            do throws(FileError) { signature = try FileSignature(ofPath: "\(folder)/\(name)") } catch {
                if error.isMissing { continue }
                throw error
            }
            if !signature.isFolder { files.append((name, signature)) }
        }
        guard !files.isEmpty else { return nil }
        let preferred = StoreLayout.preferredFiles.lazy.compactMap { name in files.first { $0.name == name } }.first
        guard let file = preferred ?? (files.count == 1 ? files[0] : nil) else {
            let paths = files.map { "PosixPath('\(folder)/\($0.name)')" }.joined(separator: ", ")
            let sentence = "More than one model file is detected, Only one is allowed within model_dir"
            return ModelPlacement.Finding.none(reason: "\(sentence): [\(paths)]")
        }
        return .file(path: "\(folder)/\(file.name)", file.signature)
    }

    /// The model file of a version's folder.
    static func file(ofVersion folder: String) -> ModelPlacement.Finding {
        do throws(FileError) {
            let names = try FilePaths.entries(ofFolder: folder).sorted()
            guard !names.contains(StoreLayout.tombstoneFile), let file = try file(inFolder: folder, names) else {
                return .none(reason: "it has no model file")
            }
            return file
        } catch {
            return .none(reason: error.isMissing ? "it does not exist" : error.description)
        }
    }
}
