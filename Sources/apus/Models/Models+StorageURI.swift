import ArgumentParser
import ModelStore

extension Models {
    /// `apus models uri`.
    struct StorageURI: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "uri",
            abstract: "Print the storageUri by which KServe finds a model on a volume claim."
        )

        @Argument(help: "The model.")
        var name: String

        @Option(help: "The volume claim that holds the store.")
        var claim = ModelStore.defaultClaim

        @OptionGroup var options: StoreOptions

        func run() throws {
            let uri = ModelStore.uri(of: try ModelName(name), claim: claim)
            options.report(["uri": .string(uri)], uri)
        }
    }
}
