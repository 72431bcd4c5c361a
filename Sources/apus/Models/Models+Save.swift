import ArgumentParser
import ModelStore
import RemoteModels

extension Models {
    /// `apus models save`.
    struct Save: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Save a model as its next version, and promote it.",
            discussion: """
                PATH is a model file, or a folder that holds one; what a metadata.json in the folder says of the model \
                is taken over. It may be the URI of a model elsewhere, which is downloaded first; what MLflow knows of \
                it (the signature, the run) becomes metadata. What the file itself says (framework, class, inputs, \
                outputs) is added. A model that Apus cannot serve is refused, and the store stays as it was.
                """
        )

        @Argument(help: "The model.")
        var name: String

        @Argument(
            help: ArgumentHelp("A model file, a folder that holds one, or a URI.", valueName: "path|uri"))
        var path: String

        @Flag(inversion: .prefixedNo, help: "Promote the version; the first one is promoted always.")
        var promote = true

        @Option(help: "Delete all but the newest N versions, the promoted, the previous and those with traffic.")
        var keep: Int?

        @Flag(help: "Save a model that Apus cannot serve, too.")
        var unservable = false

        @OptionGroup var options: StoreOptions

        @OptionGroup var remote: RemoteOptions

        func validate() throws {
            guard keep.map({ $0 > 0 }) ?? true else { throw ValidationError("--keep must be at least 1") }
        }

        func run() async throws {
            let name = try ModelName(name)
            var saving = SaveOptions()
            saving.promotes = promote
            saving.keep = keep
            saving.refusesUnservable = !unservable
            let saved = try await save(name, saving)
            options.report(saved.json, saved.text)
        }

        private func save(_ name: ModelName, _ saving: SaveOptions) async throws -> SavedModel {
            guard ModelURI.isURI(path) else {
                return try options.modelStore.save(name, from: path, options: saving)
            }
            let settings = try RemoteOptions.settings()
            return try await options.modelStore.save(
                name, from: try RemoteModel(ModelURI(path), settings: settings),
                by: try remote.cache(settings, part: "saving"), options: saving)
        }
    }
}

extension SavedModel {
    /// What was done, for people.
    var text: String {
        let promotion = isPromoted ? "saved and promoted" : "saved, not promoted:"
        let removal = removed.isEmpty ? "" : "; deleted \(removed.map(\.description).joined(separator: ", "))"
        return "\(promotion) \(version.name) \(version.version) (\(version.path))\(removal)"
    }

    /// What was done, for programs.
    var json: JSONValue {
        guard case .object(var object) = version.json else { return version.json }
        object["promoted"] = .bool(isPromoted)
        object["deleted"] = .array(removed.map { .integer($0.number) })
        return .object(object)
    }
}
