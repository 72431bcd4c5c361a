/// Finds the model files at a ``ModelSource``, by KServe's rule made lenient (a preferred name wins over strays).
package enum ModelLocator {
    /// What stands at a place that should hold a model.
    package enum Finding: Hashable, Sendable {
        /// A file to be loaded.
        case file(path: String, FileSignature)
        /// No file to load, and why.
        case none(reason: String)
    }

    /// The names that are taken where several files could be meant.
    static let preferredNames = ["model.pkl", "model.joblib", "model.pickle"]
    private static let extensions = [".pkl", ".joblib", ".pickle"]

    /// Whether a file's name says it is a model.
    static func isModelFile(_ name: String) -> Bool {
        extensions.contains { name.hasSuffix($0) } && !name.hasPrefix(".")
    }

    /// The models at a place, by name, as the file system shows them now.
    ///
    /// A folder that holds no model file itself is a folder of models: each folder in it that holds a model file is
    /// one, by its name.
    package static func locate(_ source: ModelSource) -> [String: Finding] {
        let signature: FileSignature
        do throws(FileError) { signature = try FileSignature(ofPath: source.path) } catch {
            let reason = error.isMissing ? "waiting for model file \(source.path)" : error.description
            return [source.name: .none(reason: reason)]
        }
        guard signature.isFolder else { return [source.name: .file(path: source.path, signature)] }
        let own = locate(inFolder: source.path)
        guard case .none(let reason) = own, reason == waiting(source.path) else { return [source.name: own] }
        let inner = locateInnerFolders(source.path)
        return inner.isEmpty ? [source.name: own] : inner
    }

    private static func waiting(_ folder: String) -> String { "waiting for model file in \(folder)" }

    /// The one model file of a folder.
    private static func locate(inFolder folder: String) -> Finding {
        do throws(FileError) {
            let candidates = try FilePaths.entries(ofFolder: folder).filter(isModelFile).sorted()
            var files: [(name: String, signature: FileSignature)] = []
            for name in candidates {
                let signature = try FileSignature(ofPath: "\(folder)/\(name)")
                if !signature.isFolder { files.append((name, signature)) }
            }
            let preferred = preferredNames.lazy.compactMap { name in files.first { $0.name == name } }.first
            guard let file = preferred ?? (files.count == 1 ? files[0] : nil) else {
                return .none(reason: files.isEmpty ? waiting(folder) : ambiguous(folder, files.map(\.name)))
            }
            return .file(path: "\(folder)/\(file.name)", file.signature)
        } catch {
            return .none(reason: error.description)
        }
    }

    private static func ambiguous(_ folder: String, _ names: [String]) -> String {
        let paths = names.map { "PosixPath('\(folder)/\($0)')" }.joined(separator: ", ")
        return "More than one model file is detected, Only one is allowed within model_dir: [\(paths)]"
    }

    private static func locateInnerFolders(_ folder: String) -> [String: Finding] {
        var models: [String: Finding] = [:]
        for name in (try? FilePaths.entries(ofFolder: folder)) ?? [] where !name.hasPrefix(".") {
            let path = "\(folder)/\(name)"
            guard let signature = try? FileSignature(ofPath: path), signature.isFolder else { continue }
            let finding = locate(inFolder: path)
            if finding != .none(reason: waiting(path)) { models[name] = finding }
        }
        return models
    }
}
