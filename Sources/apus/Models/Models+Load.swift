import ArgumentParser
import FoundationEssentials
import ModelStore

extension Models {
    /// `apus models load`.
    struct Load: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Copy a model's file out of the store, compared with its checksum.")

        @Argument(help: "The model.")
        var name: String

        @Argument(help: "The version, e.g. 3 or v3. (default: the promoted one)")
        var version: ModelVersion?

        @Option(name: .shortAndLong, help: "A file or a folder to copy to; a file there is replaced.")
        var output: String

        @OptionGroup var options: StoreOptions

        func run() throws {
            let name = try ModelName(name)
            var isFolder = false
            let exists = FileManager.default.fileExists(atPath: output, isDirectory: &isFolder)
            let path = exists && isFolder ? "\(output)/\(StoreLayout.modelFile)" : output
            let copied = try options.modelStore.copy(name, version, to: path)
            options.report(
                ["path": .string(path), "version": .init(copied.version), "metadata": copied.metadata?.json ?? .null],
                "\(path): \(name)\(copied.version.map { " \($0)" } ?? "")")
        }
    }
}
