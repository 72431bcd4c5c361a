import ArgumentParser
import FoundationEssentials
import ModelStore
import RemoteModels

extension Models {
    /// `apus models load`.
    struct Load: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Copy a model's file out of the store, or download it, compared with its checksum.")

        @Argument(help: ArgumentHelp("A model of the store, or the URI of one elsewhere.", valueName: "name|uri"))
        var name: String

        @Argument(help: "The version, e.g. 3 or v3. (default: the promoted one)")
        var version: ModelVersion?

        @Option(name: .shortAndLong, help: "A file or a folder to copy to; a file there is replaced.")
        var output: String

        @OptionGroup var options: StoreOptions

        @OptionGroup var remote: RemoteOptions

        func validate() throws {
            guard version == nil || !ModelURI.isURI(name) else {
                throw ValidationError("the version of a model elsewhere is a part of its URI")
            }
        }

        func run() async throws {
            var isFolder = false
            let exists = FileManager.default.fileExists(atPath: output, isDirectory: &isFolder)
            let path = exists && isFolder ? "\(output)/\(StoreLayout.modelFile)" : output
            if ModelURI.isURI(name) { return try await download(to: path) }
            let name = try ModelName(name)
            let copied = try options.modelStore.copy(name, version, to: path)
            options.report(
                ["path": .string(path), "version": .init(copied.version), "metadata": copied.metadata?.json ?? .null],
                "\(path): \(name)\(copied.version.map { " \($0)" } ?? "")")
        }

        private func download(to path: String) async throws {
            let model = try RemoteModel(ModelURI(name), settings: try RemoteOptions.settings())
            let copied = try await model.copy(to: path)
            options.report(
                ["path": .string(path), "version": .init(copied.version), "metadata": copied.details.json],
                "\(path): \(model.uri)\(copied.version.map { " \($0)" } ?? "")")
        }
    }
}
